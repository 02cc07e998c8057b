{{/* The text of config.yml. Empty sections are left to the exporter's defaults; what anchors of sections "x-" name
has been filled in. Amounts become text: YAML would
write 12345678.9 as 1.23456789e+07. */}}
{{- define "exporter.config" -}}
{{- $config := dict }}
{{- range $section, $content := .Values.config }}
{{- if and $content (not (hasPrefix "x-" $section)) }}{{ $_ := set $config $section (deepCopy $content) }}{{ end }}
{{- end }}
{{- range $account := append (default list $config.accounts) (default dict $config.account_defaults) }}
{{- range $key := list "budget" "low_balance" "requests_per_second" }}
{{- if kindIs "float64" (get $account $key) }}{{ $_ := set $account $key (get $account $key | toJson) }}{{ end }}
{{- end }}
{{- end }}
{{- toYaml $config }}
{{- end }}

{{- define "exporter.configMapName" -}}
{{- default (include "exporter.fullname" .) .Values.existingConfigMap.name }}
{{- end }}

{{/* The Secret with the access keys; empty where there is none. */}}
{{- define "exporter.credentialsSecretName" -}}
{{- if .Values.credentials.existingSecret }}
{{- .Values.credentials.existingSecret }}
{{- else if .Values.credentials.data }}
{{- include "exporter.fullname" . }}
{{- end }}
{{- end }}
