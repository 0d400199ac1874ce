{{/* Who a NetworkPolicy lets the services talk to. */}}
{{- define "assay.kafkaPeers" -}}
{{- if eq .Values.kafka.mode "strimzi" -}}
- podSelector:
    matchLabels:
      strimzi.io/cluster: {{ include "assay.kafkaCluster" . }}
{{- else -}}
{{- toYaml .Values.networkPolicy.kafka }}
{{- end }}
{{- end }}

{{- define "assay.kafkaPorts" -}}
{{- if eq .Values.kafka.mode "strimzi" -}}
[9092]
{{- else }}
{{- $ports := list }}
{{- range splitList "," .Values.kafka.bootstrapServers }}
{{- $ports = append $ports (last (splitList ":" .) | int) }}
{{- end }}
{{- range .Values.networkPolicy.kafkaPorts }}{{ $ports = append $ports (int .) }}{{ end }}
{{- toJson (uniq $ports) }}
{{- end }}
{{- end }}

{{- define "assay.databasePeers" -}}
{{- if eq .Values.database.mode "cloudnativepg" -}}
- podSelector:
    matchLabels:
      cnpg.io/cluster: {{ include "assay.databaseCluster" . }}
{{- else -}}
{{- toYaml .Values.networkPolicy.database }}
{{- end }}
{{- end }}
