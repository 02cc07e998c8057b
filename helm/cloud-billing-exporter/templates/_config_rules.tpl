{{/* What `config` may be: the names of its values' forms (exporter.form.NAME below), with what they need. A map has these
keys, a list such items. */}}
{{- define "exporter.configRules" -}}
polling:
  balance: &polling {interval: duration 1, max_age: duration 0}
  bills: *polling
  orders: {interval: duration 1, max_age: duration 0, window: duration 1}
  history: {months: integer 1 24, interval: duration 1}
  amortization: *polling
  coupons: *polling
  packages: *polling
  budgets: *polling
  renewals: *polling
aggregation:
  group_by: [group]
  tag_keys: [filled]
  measures: [choice billed_cost list_cost paid_amount unpaid_amount coupon_amount discount_amount]
  max_series: integer 1 100000
http: {timeout: duration 1 600, max_retries: integer 0 20, ca_file: filled}
{{- end }}

{{/* What an account may have beside its name and keys. */}}
{{- define "exporter.accountRules" -}}
provider: choice {{ include "exporter.providers" . | fromYaml | keys | sortAlpha | join " " }}
currency: currency
budget: amount 1
low_balance: amount 0
endpoint: endpoint
labels: labels
{{- end }}

{{/* What depends on the cloud: collectors, keys of its own, and how often it may be asked. */}}
{{- define "exporter.providers" -}}
baidu:
  collectors: [balance, bills, orders, history, amortization, renewals]
  keys: {sub_accounts: [filled], tag_separators: text, renewal_services: [filled]}
  requests_per_second: 20
byteplus: &volcengine
  collectors: [balance, bills, orders, history, amortization, coupons, packages, budgets, renewals]
  keys: {region: region}
  requests_per_second: 5
volcengine: *volcengine
{{- end }}

{{/* Names that labels of accounts and tags cannot have. */}}
{{- define "exporter.ownLabels" -}}
provider account currency period billing_mode service_type region_id project sub_account_id sub_account_name unit budget auto_renew within tag_key tag_value breakdown month other_account window account_id service_name order_status order_type collector reason operation version revision compiler
{{- end }}

{{- define "exporter.foreignLabels" -}}
job instance service namespace pod container endpoint le quantile
{{- end }}

{{/* "a", "b" or "c" */}}
{{- define "exporter.choices" -}}
{{- range $index, $name := . }}
{{- if $index }}{{ eq (add $index 1) (len $) | ternary " or " ", " }}{{ end }}{{ quote $name }}
{{- end }}
{{- end }}

{{/* The forms. Each takes a list of the value as text and what stands behind the form's name in the rules, and says what is
wrong with it, or nothing. Where the words begin with "!" they stand without the value. */}}
{{- define "exporter.form.text" -}}{{- end }}

{{- define "exporter.form.filled" -}}
{{- if not (index . 0) }}must not be empty{{ end }}
{{- end }}

{{- define "exporter.form.name" -}}
{{- if not (index . 0) }}must not be empty
{{- else if regexMatch "[\\x00-\\x1f\\x7f]" (index . 0) }}!must not hold control characters
{{- else if not (regexMatch "^(?s:.{1,64})$" (index . 0)) }}!longer than 64 characters
{{- end }}
{{- end }}

{{- define "exporter.form.choice" -}}
{{- if not (has (index . 0) (rest .)) }}expected {{ include "exporter.choices" (rest .) }}{{ end }}
{{- end }}

{{- define "exporter.form.duration" -}}
{{- $text := index . 0 }}
{{- $least := index . 1 | int64 }}
{{- if not (and $text (regexMatch "^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$|^0$" $text)) }}expected a duration such as 90s, 5m, 1h30m or 30d
{{- else if regexMatch "[0-9]{10}" $text }}expected a duration of at most 36500d
{{- else }}
{{- $seconds := div (include "exporter.milliseconds" $text | int64) 1000 }}
{{- if lt $seconds $least }}expected at least {{ $least }}s
{{- else if gt $seconds 3153600000 }}expected a duration of at most 36500d
{{- else if and (gt (len .) 2) (gt $seconds (last . | int64)) }}expected at most {{ div (last . | int64) 60 }}m
{{- end }}
{{- end }}
{{- end }}

{{- define "exporter.form.integer" -}}
{{- $least := index . 1 | int64 }}
{{- $most := index . 2 | int64 }}
{{- if not (and (regexMatch "^[0-9]{1,9}$" (index . 0)) (ge (index . 0 | int64) $least) (le (index . 0 | int64) $most)) }}expected a whole number from {{ $least }} to {{ $most }}{{ end }}
{{- end }}

{{/* Behind its name: 1 if it has to be above 0. */}}
{{- define "exporter.form.amount" -}}
{{- $text := index . 0 }}
{{- $positive := eq (index . 1) "1" }}
{{- if not (regexMatch "^[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,4})?$" $text) }}expected a number
{{- else if or (hasPrefix "-" $text) (and $positive (not (regexMatch "[1-9]" (regexReplaceAll "[eE].*" $text "")))) }}expected {{ $positive | ternary "more than 0" "0 or more" }}
{{- else if regexMatch "[eE]-|\\.[0-9]{19,}" $text }}expected {{ $positive | ternary "more than 0" "0 or more" }}, with 18 decimals at most
{{- else if gt (float64 $text) 1.7e20 }}too large
{{- end }}
{{- end }}

{{/* Behind its name: the most. */}}
{{- define "exporter.form.rate" -}}
{{- $text := index . 0 }}
{{- if not (regexMatch "^-?[0-9]{1,300}(\\.[0-9]+)?([eE][+-]?[0-9]{1,2})?$" $text) }}expected a number
{{- else if le (float64 $text) 0.0 }}expected more than 0
{{- else if lt (float64 $text) 0.001 }}expected at least 0.001
{{- else if gt (float64 $text) (index . 1 | float64) }}above the documented limit of {{ index . 1 }}
{{- end }}
{{- end }}

{{- define "exporter.form.currency" -}}
{{- if not (regexMatch "^([A-Z]{3}|cny|rmb|[¥￥元]|人民币)$" (index . 0)) }}expected an ISO 4217 code such as "CNY"{{ end }}
{{- end }}

{{- define "exporter.form.region" -}}
{{- if not (regexMatch "^[A-Za-z0-9-]+$" (index . 0)) }}expected a name of letters, digits and '-', such as "cn-beijing"{{ end }}
{{- end }}

{{/* It may hold a password. */}}
{{- define "exporter.form.endpoint" -}}
{{- $text := index . 0 }}
{{- $host := "([A-Za-z0-9_-]+\\.)*[A-Za-z0-9_-]*[A-Za-z_-][A-Za-z0-9_-]*\\.?|[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+\\]" }}
{{- $loopback := "localhost|127(\\.[0-9]{1,3}){3}|\\[[0:]+1\\]" }}
{{- $port := ":([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])" }}
{{- if not (regexMatch (printf "^(?i:https)://(%s)(%s)?/?$|^(?i:http)://(%s)(%s)?/?$" $host $port $loopback $port) $text) }}
{{- if regexMatch (printf "^(?i:http)://(%s)(%s)?/?$" $host $port) $text }}!plain http is only for loopback addresses (127.0.0.1, [::1], localhost); use https
{{- else }}!expected https://host or https://host:port, without user, path, query or fragment
{{- end }}
{{- end }}
{{- end }}

{{- define "exporter.labelProblem" -}}
{{- if not (regexMatch "^[A-Za-z_][A-Za-z0-9_]*$" .) }}not a label name: a letter or "_", then letters, digits and "_"
{{- else if hasPrefix "__" . }}label names that begin with "__" belong to Prometheus
{{- else if has . (include "exporter.ownLabels" "" | splitList " ") }}one of the exporter's own labels
{{- else if has . (include "exporter.foreignLabels" "" | splitList " ") }}a label that Prometheus or its operator sets itself
{{- end }}
{{- end }}

{{- define "exporter.form.group" -}}
{{- $text := index . 0 }}
{{- $fields := list "service_type" "region_id" "billing_mode" "sub_account_id" "project" }}
{{- if not (hasPrefix "tag:" $text) }}
{{- if not (has $text $fields) }}expected {{ include "exporter.choices" $fields }}, or "tag:<key>" or "tag:<key>=<label>"{{ end }}
{{- else if regexMatch "^tag:(=.*)?$" $text }}a tag key is missing after "tag:"
{{- else if contains "=" $text }}
{{- with include "exporter.labelProblem" (regexReplaceAll ".*=" $text "") }}its label: {{ . }}{{ end }}
{{- else }}
{{- $key := trimPrefix "tag:" $text }}
{{- if not (regexMatch "^[A-Za-z0-9_]+$" $key) }}the tag key makes no label name; name its label yourself: "tag:<key>=my_label"
{{- else }}
{{- with include "exporter.labelProblem" (print "tag_" $key) }}{{ printf "label %q: %s; name its label yourself: %q" (print "tag_" $key) . (print $text "=my_label") }}{{ end }}
{{- end }}
{{- end }}
{{- end }}
