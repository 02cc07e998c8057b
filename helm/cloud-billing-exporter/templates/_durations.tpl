{{/* Prometheus's durations (1m30s) as milliseconds. */}}
{{- define "exporter.milliseconds" -}}
{{- $units := dict "ms" 1 "s" 1000 "m" 60000 "h" 3600000 "d" 86400000 "w" 604800000 "y" 31536000000 }}
{{- $sum := 0 }}
{{- range $part := regexFindAll "[0-9]+(ms|[smhdwy])" . -1 }}
{{- $sum = add $sum (mul (regexFind "[0-9]+" $part | int64) (get $units (regexFind "[a-z]+" $part))) }}
{{- end }}
{{- $sum }}
{{- end }}
