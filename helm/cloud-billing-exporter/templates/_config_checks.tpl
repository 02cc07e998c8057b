{{/* Holds `config` to its rules, in the exporter's words. A value is quoted only if it is too short to be a key. The linter
goes on behind a refusal, so what is of the wrong kind is not looked into: Go's own errors print values. */}}
{{- define "exporter.kind" -}}
{{- kindIs "map" . | ternary "a map" (kindIs "slice" . | ternary "a list" "text") }}
{{- end }}

{{- define "exporter.shownValue" -}}
{{- if regexMatch "^[^\\x00-\\x1f]{0,16}$" . }}{{ printf "%q: " . }}{{ end }}
{{- end }}

{{/* Takes a path, a value, and its rule: a form, a map of rules, or a list with one. */}}
{{- define "exporter.checkValue" -}}
{{- $path := index . 0 }}
{{- $value := index . 1 }}
{{- $rule := index . 2 }}
{{- if kindIs "invalid" $value }}
{{- include "exporter.refuse" (printf "%s: missing value" $path) }}
{{- else if kindIs "map" $rule }}
{{- include "exporter.checkKind" (list $path $value "a map") }}
{{- if kindIs "map" $value }}
{{- include "exporter.checkKeys" (list $path $value (keys $rule)) }}
{{- range $key, $child := $value }}
{{- if hasKey $rule $key }}
{{- include "exporter.checkValue" (list (printf "%s.%s" $path $key) $child (get $rule $key)) }}
{{- end }}
{{- end }}
{{- end }}
{{- else if kindIs "slice" $rule }}
{{- include "exporter.checkList" (list $path $value (index $rule 0)) }}
{{- else if eq $rule "labels" }}
{{- include "exporter.checkLabels" (list $path $value) }}
{{- else }}
{{- include "exporter.checkScalar" . }}
{{- end }}
{{- end }}

{{- define "exporter.checkKind" -}}
{{- $kind := include "exporter.kind" (index . 1) }}
{{- if ne $kind (index . 2) }}
{{- include "exporter.refuse" (printf "%s: expected %s, got %s" (index . 0) (index . 2) $kind) }}
{{- end }}
{{- end }}

{{- define "exporter.checkList" -}}
{{- $path := index . 0 }}
{{- $rule := index . 2 }}
{{- include "exporter.checkKind" (list $path (index . 1) "a list") }}
{{- if and (hasPrefix "choice " $rule) (not (index . 1)) }}
{{- include "exporter.refuse" (printf "%s: expected at least one of %s" $path (include "exporter.choices" (splitList " " $rule | rest))) }}
{{- end }}
{{- $seen := list }}
{{- range $index, $item := kindIs "slice" (index . 1) | ternary (index . 1) list }}
{{- $place := printf "%s[%d]" $path $index }}
{{- include "exporter.checkValue" (list $place $item $rule) }}
{{- if has $item $seen }}{{ include "exporter.refuse" (printf "%s: %srepeated" $place (include "exporter.shownValue" (toString $item))) }}{{ end }}
{{- $seen = append $seen $item }}
{{- end }}
{{- end }}

{{/* Each ${ begins ${NAME} or ${NAME:-default}, unless it is written $${. What a variable holds the exporter checks. */}}
{{- define "exporter.checkScalar" -}}
{{- $path := index . 0 }}
{{- $value := index . 1 }}
{{- $rule := splitList " " (index . 2) }}
{{- $form := first $rule }}
{{- $words := dict "duration" "a duration" "integer" "a number" "amount" "a number" "rate" "a number" "currency" "a currency code" "endpoint" "an address" }}
{{- $kind := include "exporter.kind" $value }}
{{- if ne $kind "text" }}{{ include "exporter.refuse" (printf "%s: expected %s, got %s" $path (default "text" (get $words $form)) $kind) }}{{ end }}
{{- $text := kindIs "string" $value | ternary $value (toJson $value) }}
{{- if and (eq $kind "text") (not (kindIs "string" $value)) (not (has $form (list "integer" "amount" "rate" "duration"))) }}
{{- include "exporter.refuse" (printf "%s: YAML reads this as a number or a truth; put it in quotes" $path) }}
{{- end }}
{{- if not (regexMatch "^([^$]|\\$[^{$]|\\$\\$|\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-([^}$]|\\$[^{}])*)?\\})*\\$?$" $text) }}
{{- include "exporter.refuse" (printf "%s: malformed variable; write ${NAME} or ${NAME:-default}, and $$ for a dollar" $path) }}
{{- end }}
{{- if and (eq $kind "text") (not (regexMatch "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}" $text)) }}
{{- with include (print "exporter.form." $form) (concat (list $text) (rest $rule)) }}
{{- include "exporter.refuse" (printf "%s: %s%s" $path (hasPrefix "!" . | ternary "" (include "exporter.shownValue" $text)) (trimPrefix "!" .)) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "exporter.checkLabels" -}}
{{- $path := index . 0 }}
{{- include "exporter.checkKind" (list $path (index . 1) "a map") }}
{{- range $name, $value := kindIs "map" (index . 1) | ternary (index . 1) dict }}
{{- with include "exporter.labelProblem" $name }}
{{- include "exporter.refuse" (printf "%s.%s: %s" $path (include "exporter.shownKey" $name) .) }}
{{- end }}
{{- include "exporter.checkValue" (list (printf "%s.%s" $path $name) $value "text") }}
{{- end }}
{{- end }}

{{/* Takes the path of an account or of account_defaults, its map, and the account's provider. account_defaults have what any
provider knows. */}}
{{- define "exporter.checkAccount" -}}
{{- $path := index . 0 }}
{{- $account := index . 1 }}
{{- $providers := include "exporter.providers" "" | fromYaml }}
{{- $all := dict "keys" dict "collectors" list "requests_per_second" 0 }}
{{- range $name, $other := $providers }}
{{- $all = dict "keys" (merge $all.keys $other.keys) "collectors" (concat $all.collectors $other.collectors | uniq)
  "requests_per_second" (max $all.requests_per_second $other.requests_per_second) }}
{{- end }}
{{- $provider := toString (index . 2) }}
{{- $facts := default $all (get $providers $provider) }}
{{- $rules := include "exporter.accountRules" "" | fromYaml }}
{{- $intervals := dict }}
{{- range $collector := $facts.collectors }}{{ $_ := set $intervals $collector "duration 1" }}{{ end }}
{{- $rules = merge $rules $all.keys (dict "intervals" $intervals "collectors" (list (print "choice " (join " " $facts.collectors)))
  "requests_per_second" (print "rate " $facts.requests_per_second)) }}
{{- include "exporter.checkKeys" (list $path $account (keys $rules)) }}
{{- range $key, $value := $account }}
{{- if and (hasKey $all.keys $key) (not (hasKey $facts.keys $key)) }}
{{- $knowing := list }}
{{- range $name, $other := $providers }}{{ if hasKey $other.keys $key }}{{ $knowing = append $knowing $name }}{{ end }}{{ end }}
{{- include "exporter.refuse" (printf "%s.%s: provider %q has no such key, only %s has" $path $key $provider (include "exporter.choices" $knowing)) }}
{{- end }}
{{- if and (eq $key "collectors") (kindIs "slice" $value) }}
{{- range $index, $item := $value }}
{{- if and (has $item $all.collectors) (not (has $item $facts.collectors)) }}
{{- include "exporter.refuse" (printf "%s.collectors[%d]: %q: provider %q has no such collector: expected %s" $path $index $item $provider (include "exporter.choices" $facts.collectors)) }}
{{- end }}
{{- end }}
{{- end }}
{{- if hasKey $rules $key }}
{{- include "exporter.checkValue" (list (printf "%s.%s" $path $key) $value (get $rules $key)) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "exporter.ownKeys" -}}
[access_key_id, access_key_id_file, secret_access_key, secret_access_key_file, session_token, session_token_file, name]
{{- end }}

{{/* Takes the path of an account and its map. The chart takes no key of a cloud: what is rendered is a ConfigMap. */}}
{{- define "exporter.checkIdentity" -}}
{{- $path := index . 0 }}
{{- $account := index . 1 }}
{{- range $key := list "access_key_id" "secret_access_key" "session_token" }}
{{- $file := print $key "_file" }}
{{- if and (hasKey $account $key) (hasKey $account $file) }}
{{- include "exporter.refuse" (printf "%s.%s: give either this or %s, not both" $path $file $key) }}
{{- end }}
{{- range $given := list $key $file }}
{{- if hasKey $account $given }}
{{- if kindIs "invalid" (get $account $given) }}{{ include "exporter.refuse" (printf "%s.%s: missing value" $path $given) }}{{ end }}
{{- include "exporter.checkKind" (list (printf "%s.%s" $path $given) (get $account $given) "text") }}
{{- end }}
{{- end }}
{{- if and (hasKey $account $key) (not (regexMatch "^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$" (toString (get $account $key)))) }}
{{- include "exporter.refuse" (printf "%s.%s: values hold no key: write ${NAME}, a variable of a Secret, or use %s" $path $key $file) }}
{{- end }}
{{- if and (hasKey $account $file) (not (regexMatch "^(/|\\$\\{)[^\\x00-\\x1f\\x7f]*$" (toString (get $account $file)))) }}
{{- include "exporter.refuse" (printf "%s.%s: not the absolute path of a file" $path $file) }}
{{- end }}
{{- if not (or (hasKey $account $key) (hasKey $account $file) (eq $key "session_token")) }}
{{- include "exporter.refuse" (printf "%s.%s: missing key; give %s or %s" $path $key $key $file) }}
{{- end }}
{{- end }}
{{- if not (hasKey $account "name") }}{{ include "exporter.refuse" (printf "%s.name: missing key" $path) }}{{ end }}
{{- include "exporter.checkValue" (list (print $path ".name") (get $account "name") "name") }}
{{- end }}

{{- define "exporter.checkConfig" -}}
{{- $own := include "exporter.ownKeys" "" | fromYamlArray }}
{{- include "exporter.checkKeys" (list "config" .Values.config (list "accounts" "account_defaults" "polling" "aggregation" "http")) }}
{{- $defaults := default dict .Values.config.account_defaults }}
{{- include "exporter.checkKind" (list "config.account_defaults" $defaults "a map") }}
{{- if not (kindIs "map" $defaults) }}{{ $defaults = dict }}{{ end }}
{{- range $key := keys $defaults }}
{{- if has $key $own }}
{{- include "exporter.refuse" (printf "config.account_defaults.%s: names, keys and secrets belong to one account each; write it there" $key) }}
{{- end }}
{{- end }}
{{- include "exporter.checkAccount" (list "config.account_defaults" $defaults "") }}
{{- $accounts := default list .Values.config.accounts }}
{{- include "exporter.checkKind" (list "config.accounts" $accounts "a list") }}
{{- $names := dict }}
{{- range $index, $account := kindIs "slice" $accounts | ternary $accounts list }}
{{- $path := printf "config.accounts[%d]" $index }}
{{- if kindIs "invalid" $account }}{{ include "exporter.refuse" (printf "%s: missing value" $path) }}{{ end }}
{{- include "exporter.checkKind" (list $path $account "a map") }}
{{- if not (kindIs "map" $account) }}{{ $account = dict }}{{ end }}
{{- $known := concat $own (keys (include "exporter.accountRules" "" | fromYaml)) (list "collectors" "intervals" "requests_per_second") }}
{{- range $name, $facts := include "exporter.providers" "" | fromYaml }}{{ $known = concat $known (keys $facts.keys) }}{{ end }}
{{- include "exporter.checkKeys" (list $path $account $known) }}
{{- include "exporter.checkIdentity" (list $path $account) }}
{{- with get $names (get $account "name" | toString) }}
{{- include "exporter.refuse" (printf "%s.name: %s has the same name; names are unique" $path .) }}
{{- end }}
{{- $_ := set $names (get $account "name" | toString) $path }}
{{- $provider := hasKey $account "provider" | ternary (get $account "provider") (get $defaults "provider") }}
{{- if not (or (hasKey $account "provider") $provider) }}
{{- include "exporter.refuse" (printf "%s.provider: missing key, here or in config.account_defaults" $path) }}
{{- end }}
{{- include "exporter.checkValue" (list (print $path ".provider") $provider (get (include "exporter.accountRules" "" | fromYaml) "provider")) }}
{{- include "exporter.checkAccount" (list $path (omit $account "name" "access_key_id" "access_key_id_file" "secret_access_key" "secret_access_key_file" "session_token" "session_token_file") $provider) }}
{{- end }}
{{- range $section, $rules := include "exporter.configRules" . | fromYaml }}
{{- if hasKey $.Values.config $section }}
{{- include "exporter.checkValue" (list (print "config." $section) (get $.Values.config $section) $rules) }}
{{- end }}
{{- end }}
{{- end }}
