{{/* How a ServiceMonitor or a PodMonitor scrapes. */}}
{{- define "exporter.scrape" -}}
{{- $monitor := .Values.serviceMonitor }}
- port: http
  path: {{ .Values.web.telemetryPath }}
  scheme: {{ ternary "https" "http" .Values.web.configFile.tls }}
  interval: {{ $monitor.interval }}
  scrapeTimeout: {{ $monitor.scrapeTimeout }}
  honorLabels: false
  {{- if .Values.web.configFile.tls }}
  {{- $server := printf "%s.%s.svc" (include "exporter.fullname" .) (include "exporter.namespace" .) }}
  tlsConfig:
    {{- merge (deepCopy $monitor.tlsConfig) (dict "serverName" $server) | toYaml | nindent 4 }}
  {{- end }}
  {{- with $monitor.basicAuth }}
  basicAuth:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  relabelings:
    # A pod's address changes with every restart. As `instance` it would make new series each time, break
    # every `offset` and double every average. The pod's name stays; as `pod` it would say the same again.
    - action: replace
      sourceLabels: [__meta_kubernetes_pod_name]
      targetLabel: instance
    - action: labeldrop
      regex: pod
    {{- with $monitor.relabelings }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  {{- with $monitor.metricRelabelings }}
  metricRelabelings:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{/* What both have beside that. */}}
{{- define "exporter.monitorMetadata" -}}
{{- $monitor := .Values.serviceMonitor }}
{{- $interval := include "exporter.milliseconds" $monitor.interval | int64 }}
{{- if gt (include "exporter.milliseconds" $monitor.scrapeTimeout | int64) $interval }}
{{- fail (printf "serviceMonitor.scrapeTimeout (%s) is above serviceMonitor.interval (%s)" $monitor.scrapeTimeout $monitor.interval) }}
{{- end }}
name: {{ include "exporter.fullname" . }}
namespace: {{ default (include "exporter.namespace" .) $monitor.namespace }}
labels:
  {{- include "exporter.labels" . | nindent 2 }}
  {{- with $monitor.labels }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- with $monitor.annotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "exporter.monitorSpec" -}}
{{- $monitor := .Values.serviceMonitor }}
# A job for each release: the rules take all exporters of one job and namespace for one installation.
jobLabel: app.kubernetes.io/instance
namespaceSelector:
  matchNames:
    - {{ include "exporter.namespace" . }}
selector:
  matchLabels:
    {{- include "exporter.selectorLabels" . | nindent 4 }}
{{- range $limit := list "sampleLimit" "targetLimit" "labelLimit" "labelNameLengthLimit" "labelValueLengthLimit" }}
{{- with get $monitor $limit }}
{{ $limit }}: {{ int . }}
{{- end }}
{{- end }}
{{- with $monitor.podTargetLabels }}
podTargetLabels:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
