{{/*
What is true of each service, and not for an installation to choose: its module (which names its workload and image), its
schema, its ports, what it talks to. Ports are those of application.properties; a test holds them to it.
*/}}
{{- define "assay.facts" -}}
ingest:
  module: ingest-service
  http: 4318
  management: 9318
  stores: true
  sinkTopics: [llm.events.v1, ingest.rejections.v1]
quality:
  module: quality-service
  http: 8082
  management: 9082
  stores: true
  sinkTopics: [llm.calls.v1, llm.feedback.v1]
cost:
  module: cost-service
  http: 8083
  management: 9083
  stores: true
  sinkTopics: [llm.calls.v1, llm.feedback.v1]
alert:
  module: alert-service
  http: 8084
  management: 9084
  stores: true
  sinkTopics: [kpi.windows.v1]
dashboard:
  module: dashboard
  http: 8080
  management: 9080
  stores: false
{{- end }}

{{- define "assay.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 40 | trimSuffix "-" }}
{{- end }}

{{/* The stem of all names: the release's, unless it already has the chart's name in it. */}}
{{- define "assay.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" }}
{{- else if contains (include "assay.name" .) .Release.Name }}
{{- .Release.Name | trunc 40 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "assay.name" .) | trunc 40 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{/* What selects all pods of the release: never changed, since a Deployment's selector cannot be. */}}
{{- define "assay.selector" -}}
app.kubernetes.io/part-of: assay
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "assay.labels" -}}
{{ include "assay.selector" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* The image of a service: by digest where one is given. Arguments: root, service, module. */}}
{{- define "assay.image" -}}
{{- $settings := index .root.Values .service }}
{{- $repository := printf "%s/%s" .root.Values.image.registry .module }}
{{- if $settings.digest }}
{{- printf "%s@%s" $repository $settings.digest }}
{{- else }}
{{- printf "%s:%s" $repository (default .root.Chart.AppVersion .root.Values.image.tag) }}
{{- end }}
{{- end }}

{{- define "assay.podSecurity" -}}
runAsNonRoot: true
runAsUser: 65532
runAsGroup: 65532
fsGroup: 65532
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "assay.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
runAsNonRoot: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "assay.kafkaBootstrap" -}}
{{- if eq .Values.kafka.mode "strimzi" }}
{{- printf "%s-kafka-bootstrap:9092" (include "assay.kafkaCluster" .) }}
{{- else }}
{{- required "kafka.bootstrapServers is needed with kafka.mode=external" .Values.kafka.bootstrapServers }}
{{- end }}
{{- end }}

{{- define "assay.kafkaCluster" -}}
{{- default (printf "%s-kafka" (include "assay.fullname" .)) .Values.kafka.strimzi.cluster }}
{{- end }}

{{- define "assay.databaseCluster" -}}
{{- printf "%s-db" (include "assay.fullname" .) }}
{{- end }}

{{- define "assay.databaseHost" -}}
{{- if eq .Values.database.mode "cloudnativepg" }}
{{- printf "%s-rw" (include "assay.databaseCluster" .) }}
{{- else }}
{{- required "database.host is needed with database.mode=external" .Values.database.host }}
{{- end }}
{{- end }}

{{- define "assay.databasePort" -}}
{{- if eq .Values.database.mode "cloudnativepg" }}5432{{ else }}{{ .Values.database.port }}{{ end }}
{{- end }}

{{/* The Secret of a database role. Arguments: root, role, such as ingest_owner. */}}
{{- define "assay.roleSecret" -}}
{{- printf "%s-%s" .root.Values.database.secretPrefix (.role | replace "_" "-") }}
{{- end }}

{{/* One role's user and password, as environment variables. Arguments: root, service, kind. */}}
{{- define "assay.roleEnv" -}}
{{- $secret := include "assay.roleSecret" (dict "root" .root "role" (printf "%s_%s" .service .kind)) }}
- name: ASSAY_DB_{{ upper .kind }}_USER
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: username
- name: ASSAY_DB_{{ upper .kind }}_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ $secret }}
      key: password
{{- end }}

{{- define "assay.databaseEnv" -}}
- name: ASSAY_DB_HOST
  value: {{ include "assay.databaseHost" . | quote }}
- name: ASSAY_DB_PORT
  value: {{ include "assay.databasePort" . | quote }}
- name: ASSAY_DB_NAME
  value: {{ .Values.database.name | quote }}
{{- if .Values.database.caSecret }}
- name: ASSAY_DB_SSL_MODE
  value: verify-full
- name: ASSAY_DB_CA
  value: /etc/assay/database/ca.crt
{{- end }}
{{- end }}

{{/* How clients speak to the brokers, as Kafka's own settings. */}}
{{- define "assay.kafkaSecurityEnv" -}}
{{- with .Values.kafka.security }}
{{- if ne .protocol "PLAINTEXT" }}
- name: KAFKA_SECURITY_PROTOCOL
  value: {{ .protocol }}
{{- if hasPrefix "SASL" .protocol }}
- name: KAFKA_SASL_MECHANISM
  value: {{ required "kafka.security.saslMechanism is needed with SASL" .saslMechanism }}
{{ include "assay.kafkaSecretEnv" (dict "security" . "variable" "KAFKA_SASL_JAAS_CONFIG" "key" "sasl-jaas-config") }}
{{- end }}
{{- if .ownAuthority }}
- name: KAFKA_SSL_TRUSTSTORE_TYPE
  value: PEM
{{ include "assay.kafkaSecretEnv" (dict "security" . "variable" "KAFKA_SSL_TRUSTSTORE_CERTIFICATES" "key" "ca.crt") }}
{{- end }}
{{- if .clientCertificate }}
- name: KAFKA_SSL_KEYSTORE_TYPE
  value: PEM
{{ include "assay.kafkaSecretEnv" (dict "security" . "variable" "KAFKA_SSL_KEYSTORE_CERTIFICATE_CHAIN" "key" "tls.crt") }}
{{ include "assay.kafkaSecretEnv" (dict "security" . "variable" "KAFKA_SSL_KEYSTORE_KEY" "key" "tls.key") }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "assay.kafkaSecretEnv" -}}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ required "kafka.security.existingSecret is needed" .security.existingSecret }}
      key: {{ .key }}
{{- end }}

{{- define "assay.keyEnv" -}}
- name: {{ .variable }}
  valueFrom:
    secretKeyRef:
      name: {{ .root.Values.keys.existingSecret }}
      key: {{ .key }}
      {{- if .optional }}
      optional: true
      {{- end }}
{{- end }}

{{/* In-cluster address of a service. Arguments: root, module, port. */}}
{{- define "assay.url" -}}
{{- printf "http://%s-%s:%v" (include "assay.fullname" .root) .module .port }}
{{- end }}

{{/* "true" where the service has a scaler. Arguments: root, service. */}}
{{- define "assay.scaled" -}}
{{- if and (ne .root.Values.autoscaling.mode "none") (index .root.Values .service).autoscaling.enabled }}true{{ end }}
{{- end }}

{{/* The most replicas that a service may have. Arguments: root, service. */}}
{{- define "assay.mostReplicas" -}}
{{- $settings := index .root.Values .service }}
{{- if include "assay.scaled" . }}{{ $settings.autoscaling.maxReplicas }}{{ else }}{{ $settings.replicas }}{{ end }}
{{- end }}

{{/* Refuses values that no single key can tell to be wrong. */}}
{{- define "assay.checked" -}}
{{- $connections := 0 }}
{{- range $service, $facts := fromYaml (include "assay.facts" .) }}
{{- $settings := index $.Values $service }}
{{- $most := int (include "assay.mostReplicas" (dict "root" $ "service" $service)) }}
{{- if and (include "assay.scaled" (dict "root" $ "service" $service)) (gt (int $settings.autoscaling.minReplicas) $most) }}
{{- fail (printf "%s.autoscaling.minReplicas (%v) must not be over maxReplicas (%d)" $service $settings.autoscaling.minReplicas $most) }}
{{- end }}
{{- if $facts.stores }}
{{- if gt $most (int $.Values.kafka.partitions) }}
{{- fail (printf "%s may have %d replicas, and the topics have %d partitions (kafka.partitions): a replica without a partition does nothing" $service $most (int $.Values.kafka.partitions)) }}
{{- end }}
{{- $pools := add $.Values.database.pools.writer $.Values.database.pools.reader $.Values.database.pools.jdbc }}
{{- $connections = add $connections (mul (add $most 1) $pools) }}
{{- end }}
{{- end }}
{{- if gt (int $connections) (int .Values.database.connectionLimit) }}
{{- fail (printf "at most replicas, one more each while rolling, the services may open %d connections, over database.connectionLimit (%d)" (int $connections) (int .Values.database.connectionLimit)) }}
{{- end }}
{{- if and (eq .Values.autoscaling.mode "keda") (not .Values.autoscaling.prometheusAddress) }}
{{- fail "autoscaling.prometheusAddress is needed with autoscaling.mode=keda" }}
{{- end }}
{{- if and (not .Values.database.migrateAtStart) (eq .Values.database.mode "cloudnativepg") }}
{{- fail "database.migrateAtStart=false needs database.mode=external: the migration hook runs before the chart's own database exists" }}
{{- end }}
{{- end }}
