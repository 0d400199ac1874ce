{{/*
The queries of KEDA's triggers. All are sums over the pods, with type AverageValue: replicas = ceil(sum / threshold).
A counter that no pod has yet counts as 0 as long as some pod is scraped; without any scraped pod the query has no
element, which KEDA takes as an error (ignoreNullValues is false), and the fallback keeps the replicas.
*/}}
{{- define "assay.pods" -}}
namespace="{{ .root.Release.Namespace }}",service="{{ include "assay.fullname" .root }}-{{ .module }}"
{{- end }}

{{- define "assay.orZero" -}}
({{ .query }} or 0 * sum(up{ {{- include "assay.pods" . -}} } == 1))
{{- end }}

{{/* Bytes of requests being worked on, as the share of what one pod takes. */}}
{{- define "assay.query.inFlight" -}}
{{- $sum := printf "sum(assay_ingest_bytes_in_flight{%s})" (include "assay.pods" .) -}}
{{ include "assay.orZero" (merge (dict "query" $sum) .) }} / {{ .root.Values.ingest.maxBytesInFlight | int64 }}
{{- end }}

{{/* Events acknowledged per second. */}}
{{- define "assay.query.accepted" -}}
{{- $sum := printf "sum(rate(assay_ingest_events_total{%s}[2m]))" (include "assay.pods" .) -}}
{{ include "assay.orZero" (merge (dict "query" $sum) .) }}
{{- end }}

{{/* Records folded in per second. */}}
{{- define "assay.query.folded" -}}
{{- $sum := printf "sum(rate(assay_sink_records_total{%s}[2m]))" (include "assay.pods" .) -}}
{{ include "assay.orZero" (merge (dict "query" $sum) .) }}
{{- end }}

{{/*
What waits, in seconds of one pod's work. From the consumers' own positions: the sinks keep their offsets in PostgreSQL and
commit none to Kafka, so a lag from Kafka's committed offsets (KEDA's kafka trigger) would be the whole topic. Kafka's client
has each lag twice, as topic llm.calls.v1 and as llm_calls_v1: a plain dot in the pattern would count both.
*/}}
{{- define "assay.query.backlog" -}}
{{- $sum := printf "sum(kafka_consumer_fetch_manager_records_lag{%s,topic=~\"%s\"})" (include "assay.pods" .) (join "|" (.topics | default list) | replace "." "[.]") -}}
{{ include "assay.orZero" (merge (dict "query" $sum) .) }} / {{ .settings.autoscaling.recordsPerSecondPerPod }}
{{- end }}

{{- define "assay.trigger" -}}
- type: prometheus
  metricType: AverageValue
  metadata:
    serverAddress: {{ .root.Values.autoscaling.prometheusAddress | quote }}
    query: {{ .query | quote }}
    threshold: {{ .threshold | quote }}
    ignoreNullValues: "false"
{{- end }}
