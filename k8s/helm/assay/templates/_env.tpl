{{/* What one service reads beside what all do. */}}
{{- define "assay.env.ingest" -}}
{{- if .Values.bootstrap.createKey }}
{{ include "assay.keyEnv" (dict "root" . "variable" "ASSAY_BOOTSTRAP_KEY" "key" "bootstrap-key") }}
{{- end }}
- name: ASSAY_INGEST_MAX_BYTES_IN_FLIGHT
  value: {{ .Values.ingest.maxBytesInFlight | int64 | quote }}
{{- with .Values.publicUrls.quality }}
- name: ASSAY_QUALITY_URL
  value: {{ . | quote }}
{{- end }}
{{- with .Values.publicUrls.cost }}
- name: ASSAY_COST_URL
  value: {{ . | quote }}
{{- end }}
{{- end }}

{{- define "assay.env.quality" -}}
{{- with .Values.quality.judgeAllowedHosts }}
- name: ASSAY_JUDGE_ALLOWED_HOSTS
  value: {{ join "," . | quote }}
{{- end }}
{{- end }}

{{- define "assay.env.cost" -}}
{{- end }}

{{- define "assay.env.alert" -}}
{{- with .Values.alert.webhookAllowedHosts }}
- name: ASSAY_WEBHOOK_ALLOWED_HOSTS
  value: {{ join "," . | quote }}
{{- end }}
{{- with .Values.alert.pagerDutyUrl }}
- name: ASSAY_PAGERDUTY_URL
  value: {{ . | quote }}
{{- end }}
{{- with .Values.publicUrls.alert }}
- name: ASSAY_ALERT_PUBLIC_URL
  value: {{ . | quote }}
{{- end }}
{{- with .Values.alert.heartbeat.url }}
- name: ASSAY_HEARTBEAT_URL
  value: {{ . | quote }}
{{- end }}
{{- with .Values.alert.heartbeat.existingSecret }}
- name: ASSAY_HEARTBEAT_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ . }}
      key: heartbeat-secret
{{- end }}
{{- if .Values.alert.ruleFiles }}
- name: ASSAY_ALERT_RULES_PATH
  value: /etc/assay/rules
{{- end }}
{{- with .Values.publicUrls.dashboard }}
- name: ASSAY_DASHBOARD_PUBLIC_URL
  value: {{ . | quote }}
{{- end }}
{{- end }}

{{- define "assay.env.dashboard" -}}
{{ include "assay.keyEnv" (dict "root" . "variable" "ASSAY_INTERNAL_PRIVATE_KEY" "key" "internal-private-key") }}
- name: ASSAY_BOOTSTRAP_PROJECT
  value: {{ .Values.bootstrap.project | quote }}
- name: ASSAY_DASHBOARD_PROJECTS
  value: {{ join "," .Values.dashboard.projects | quote }}
- name: ASSAY_DASHBOARD_ALLOWED_HOSTS
  value: {{ join "," (concat (list (printf "%s-dashboard" (include "assay.fullname" .))) .Values.dashboard.allowedHosts (ternary (list .Values.ingress.dashboardHost) list .Values.ingress.enabled) (ternary .Values.gateway.dashboardHosts list .Values.gateway.enabled)) | quote }}
{{- $facts := fromYaml (include "assay.facts" .) }}
{{- range $service, $its := $facts }}
{{- if $its.stores }}
- name: ASSAY_{{ upper $service }}_URL
  value: {{ include "assay.url" (dict "root" $ "module" $its.module "port" $its.http) | quote }}
{{- end }}
{{- end }}
{{- with .Values.publicUrls.ingest }}
- name: ASSAY_INGEST_PUBLIC_URL
  value: {{ . | quote }}
{{- end }}
{{- end }}
