{{/* The text of config.yml. Empty sections are left to the exporter's defaults. */}}
{{- define "exporter.config" -}}
{{- $config := dict }}
{{- range $section, $content := .Values.config }}
{{- if $content }}{{ $_ := set $config $section $content }}{{ end }}
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
