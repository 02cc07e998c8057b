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
{{- with include "exporter.caFile" . }}
{{- $_ := set $config "http" (merge (dict "ca_file" .) (default dict $config.http)) }}
{{- end }}
{{- toYaml $config }}
{{- end }}

{{/* The file of the authorities that a value brings, else empty. */}}
{{- define "exporter.caFile" -}}
{{- if .Values.caBundle }}/etc/cloud-billing-exporter/ca.crt{{ end }}
{{- with .Values.caBundleFrom }}/etc/cloud-billing-exporter-ca/{{ default "ca.crt" (default .secret .configMap).key }}{{ end }}
{{- end }}

{{/* What the ConfigMap and the Secret hold, which the chart makes. */}}
{{- define "exporter.configData" -}}
config.yml: |
  {{- include "exporter.config" . | nindent 2 }}
{{- with .Values.caBundle }}
ca.crt: |
  {{- . | trim | nindent 2 }}
{{- end }}
{{- end }}

{{- define "exporter.credentialsData" -}}
{{- range $key, $value := .Values.credentials.data }}
{{ $key }}: {{ $value | b64enc }}
{{- end }}
{{- end }}

{{/* Names of the objects that the configuration and the access keys come from. Both take the root, and what the names
end in of those that the chart makes. The latter is empty if there is no such Secret. */}}
{{- define "exporter.configMapName" -}}
{{- $root := index . 0 }}
{{- default (print (include "exporter.fullname" $root) (index . 1)) $root.Values.existingConfigMap.name }}
{{- end }}

{{- define "exporter.credentialsSecretName" -}}
{{- $root := index . 0 }}
{{- if $root.Values.credentials.existingSecret }}
{{- $root.Values.credentials.existingSecret }}
{{- else if $root.Values.credentials.data }}
{{- print (include "exporter.fullname" $root) (index . 1) }}
{{- end }}
{{- end }}
