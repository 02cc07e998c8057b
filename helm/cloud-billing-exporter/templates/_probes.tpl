{{/* exporter.probe (list . "readinessProbe" "/-/ready"): where a client certificate is required, only a connection. */}}
{{- define "exporter.probe" -}}
{{- $root := index . 0 }}
{{- $probe := get $root.Values (index . 1) }}
{{- $web := $root.Values.web.configFile }}
{{- if $probe.enabled }}
{{ index . 1 }}:
  {{- if $web.clientCertificates }}
  tcpSocket:
    port: http
  {{- else }}
  httpGet:
    path: {{ index . 2 }}
    port: http
    scheme: {{ ternary "HTTPS" "HTTP" $web.tls }}
  {{- end }}
  {{- omit $probe "enabled" | toYaml | nindent 2 }}
{{- end }}
{{- end }}
