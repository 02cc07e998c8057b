{{/* What the chart's own values may be, by path: forms as those of the configuration (_config_rules.tpl). */}}
{{- define "exporter.valueRules" -}}
autoReloadInterval: duration 1
shards: integer 1 10000
web.port: integer 1 65535
web.telemetryPath: path
log.level: choice debug info warn error
log.format: choice logfmt json
state.sizeLimit: quantity
state.persistence.size: quantity
service.port: integer 1 65535
serviceMonitor.interval: scrape
serviceMonitor.scrapeTimeout: scrape
prometheusRule.language: choice en zh
prometheusRule.runbookBase: base
dashboards.language: choice en zh
{{- end }}

{{/* Names of Kubernetes's objects; empty means the default. */}}
{{- define "exporter.nameValues" -}}
[nameOverride, fullnameOverride, namespaceOverride, existingConfigMap.name, credentials.existingSecret,
  web.configFile.existingSecret, web.configFile.certificateSecret, state.persistence.existingClaim, serviceAccount.name,
  configCheck.serviceAccountName, serviceMonitor.namespace, prometheusRule.namespace, dashboards.namespace, priorityClassName,
  runtimeClassName, ingress.className]
{{- end }}

{{/* Labels that go beside the chart's own. */}}
{{- define "exporter.labelValues" -}}
[commonLabels, podLabels, configCheck.podLabels, service.labels, serviceMonitor.labels, ingress.labels, httpRoute.labels, prometheusRule.labels, dashboards.labels]
{{- end }}

{{- define "exporter.form.path" -}}
{{- $text := index . 0 }}
{{- if not (hasPrefix "/" $text) }}it must begin with "/"
{{- else if has $text (list "/" "/accounts.csv" "/services.csv") }}{{ $text }} itself is taken
{{- else if regexMatch "^/-(/|$)" $text }}paths under "/-/" are taken
{{- else if not (regexMatch "^[!-~]+$" $text | ternary (not (regexMatch "[?#]" $text)) false) }}printable ASCII without blanks, "?" and "#" only
{{- end }}
{{- end }}

{{- define "exporter.form.quantity" -}}
{{- if not (regexMatch "^[0-9]+(\\.[0-9]+)?(m|[kMGTPE]|[KMGTPE]i)?$" (index . 0)) }}expected a size such as 256Mi or 1Gi{{ end }}
{{- end }}

{{/* Prometheus's durations have more units than the exporter's. */}}
{{- define "exporter.form.scrape" -}}
{{- if not (and (index . 0) (regexMatch "^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$" (index . 0))) }}expected a duration such as 30s, 1m or 1m30s
{{- else if not (regexMatch "[1-9]" (index . 0)) }}expected more than 0
{{- end }}
{{- end }}

{{- define "exporter.form.base" -}}
{{- if not (regexMatch "^$|^https?://[^#\\s]+$" (index . 0)) }}expected an address such as https://wiki.example.com/runbook, without "#"{{ end }}
{{- end }}

{{/* Takes the root and a path such as web.port: the value as JSON, [] if there is none. */}}
{{- define "exporter.valueAt" -}}
{{- $found := list (index . 0).Values }}
{{- range $key := splitList "." (index . 1) }}
{{- if $found }}
{{- $map := first $found }}
{{- $found = list }}
{{- if kindIs "map" $map }}{{ if hasKey $map $key }}{{ $found = list (get $map $key) }}{{ end }}{{ end }}
{{- end }}
{{- end }}
{{- toJson $found }}
{{- end }}

{{- define "exporter.checkOwnValues" -}}
{{- range $path, $rule := include "exporter.valueRules" . | fromYaml }}
{{- range $value := include "exporter.valueAt" (list $ $path) | fromJsonArray }}
{{- $rule := splitList " " $rule }}
{{- include "exporter.checkKind" (list $path $value "text") }}
{{- $isText := kindIs "string" $value }}
{{- $text := $isText | ternary $value (toJson $value) }}
{{- if ne $isText (ne (first $rule) "integer") }}
{{- include "exporter.refuse" (printf "%s: %s" $path ($isText | ternary "expected a number, without quotes" "expected text; put it in quotes")) }}
{{- end }}
{{- with include (print "exporter.form." (first $rule)) (concat (list $text) (rest $rule)) }}
{{- include "exporter.refuse" (printf "%s: %s%s" $path (include "exporter.shownValue" $text) .) }}
{{- end }}
{{- end }}
{{- end }}
{{- range $path := include "exporter.nameValues" . | fromYamlArray }}
{{- range $value := include "exporter.valueAt" (list $ $path) | fromJsonArray }}
{{- if not (regexMatch "^$|^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$" (toString $value)) }}
{{- include "exporter.refuse" (printf "%s: not the name of an object: lower case letters, digits, \"-\" and \".\"" $path) }}
{{- end }}
{{- end }}
{{- end }}
{{- range $path := include "exporter.labelValues" . | fromYamlArray }}
{{- range $labels := include "exporter.valueAt" (list $ $path) | fromJsonArray }}
{{- range $name, $_ := $labels }}
{{- if not (regexMatch "^([a-z0-9]([a-z0-9.-]*[a-z0-9])?/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$" $name) }}
{{- include "exporter.refuse" (printf "%s: a key is no name of a label" $path) }}
{{- end }}
{{- if regexMatch "^(app\\.kubernetes\\.io/(name|instance|version|managed-by|part-of)|helm\\.sh/chart)$" $name }}
{{- include "exporter.refuse" (printf "%s.%s: a label that the chart sets itself" $path $name) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
