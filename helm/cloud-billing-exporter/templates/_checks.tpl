{{/* Values that are right each by itself but not together, and those that may hold a secret: Helm prints the
value that a pattern of the schema refuses, and a name that it does not know. The schema refuses the others. */}}
{{- define "exporter.checkValues" -}}
{{- include "exporter.checkSecrets" . }}
{{- if and (not .Values.config.accounts) (not .Values.existingConfigMap.name) }}
{{- fail "no account to poll: set config.accounts, or existingConfigMap.name" }}
{{- end }}
{{- range $section, $content := .Values.config }}
{{- if and $content $.Values.existingConfigMap.name }}
{{- fail (printf "config.%s and existingConfigMap.name are both set: there can be only one configuration" $section) }}
{{- end }}
{{- end }}

{{- $sources := list }}
{{- range $source := list "existingSecret" "data" "volume" }}
{{- if get $.Values.credentials $source }}{{ $sources = append $sources (printf "credentials.%s" $source) }}{{ end }}
{{- end }}
{{- if gt (len $sources) 1 }}
{{- fail (printf "%s: the access keys can come from only one of them" (join " and " $sources)) }}
{{- end }}
{{- if and .Values.credentials.environment (not (include "exporter.credentialsSecretName" (list . ""))) }}
{{- fail "credentials.environment needs credentials.existingSecret or credentials.data" }}
{{- end }}

{{- include "exporter.checkConfig" . }}
{{- include "exporter.checkKeyFiles" . }}

{{- with .Values.web.configFile }}
{{- if and (not .existingSecret) (or .tls .clientCertificates .certificateSecret) }}
{{- fail "web.configFile.tls, clientCertificates and certificateSecret need web.configFile.existingSecret" }}
{{- end }}
{{- if and .clientCertificates (not .tls) }}
{{- fail "web.configFile.clientCertificates needs web.configFile.tls" }}
{{- end }}
{{- if and .clientCertificates $.Values.serviceMonitor.enabled }}
{{- $tls := $.Values.serviceMonitor.tlsConfig }}
{{- if not (and (or $tls.cert $tls.certFile) (or $tls.keySecret $tls.keyFile)) }}
{{- fail "serviceMonitor.tlsConfig needs cert and keySecret (or certFile and keyFile): with web.configFile.clientCertificates no scrape succeeds without" }}
{{- end }}
{{- end }}
{{- end }}

{{- with .Values.state }}
{{- if and .persistence.enabled (not .enabled) }}
{{- fail "state.persistence.enabled needs state.enabled" }}
{{- end }}
{{- if and (gt (int $.Values.shards) 1) .persistence.enabled .persistence.existingClaim }}
{{- fail "state.persistence.existingClaim: each shard needs a claim of its own; leave it empty with shards" }}
{{- end }}
{{- end }}

{{- if and (gt (int .Values.shards) 1) (ne .Values.service.type "ClusterIP") }}
{{- fail (printf "service.type: %s leads to any one of the shards, each with other accounts; ClusterIP is for shards" .Values.service.type) }}
{{- end }}

{{- include "exporter.checkExtraArgs" . }}
{{- include "exporter.checkRunning" . }}
{{- end }}

{{/* A key as it may be shown: what lies behind a name could be a secret. */}}
{{- define "exporter.shownKey" -}}
{{- $name := regexFind "^[A-Za-z_][A-Za-z0-9_-]{0,29}([:=：]|$)" . }}
{{- if $name }}{{ regexReplaceAll "[:=：]$" $name "" }}{{ else }}(a key that is no name){{ end }}
{{- end }}

{{/* Takes a path, a map and the keys that it may have. */}}
{{- define "exporter.checkKeys" -}}
{{- $path := index . 0 }}
{{- $known := index . 2 }}
{{- range $key, $value := index . 1 }}
{{- if not (or (has $key $known) (and (eq $path "config") (hasPrefix "x-" $key))) }}
{{- fail (printf "%s.%s: unknown key" $path (include "exporter.shownKey" $key)) }}
{{- end }}
{{- end }}
{{- end }}

{{/* Takes the path of an account, the account, and the keys that it may have besides those that accounts may have in
common. The chart takes no key of a cloud: what is rendered is a ConfigMap. */}}
{{- define "exporter.checkAccount" -}}
{{- $path := index . 0 }}
{{- $account := index . 1 }}
{{- include "exporter.checkKeys" (list $path $account (concat (index . 2) (list "provider" "collectors" "intervals"
  "sub_accounts" "tag_separators" "renewal_services" "region" "currency" "budget" "low_balance" "requests_per_second" "labels"
  "endpoint"))) }}
{{- range $key := list "access_key_id" "secret_access_key" "session_token" }}
{{- if and (hasKey $account $key) (not (regexMatch "^\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}$" (get $account $key))) }}
{{- fail (printf "%s.%s: values hold no key: write ${NAME}, a variable of a Secret, or use %s_file" $path $key $key) }}
{{- end }}
{{- $file := printf "%s_file" $key }}
{{- if and (hasKey $account $file) (not (regexMatch "^(/|\\$\\{)[^\\x00-\\x1f\\x7f]*$" (get $account $file))) }}
{{- fail (printf "%s.%s: not the absolute path of a file" $path $file) }}
{{- end }}
{{- end }}
{{- $host := "([A-Za-z0-9_-]+\\.)*[A-Za-z0-9_-]*[A-Za-z_-][A-Za-z0-9_-]*\\.?|[0-9]{1,3}(\\.[0-9]{1,3}){3}|\\[[0-9A-Fa-f:.]+\\]" }}
{{- $loopback := "localhost|127(\\.[0-9]{1,3}){3}|\\[[0:]+1\\]" }}
{{- $port := ":([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])" }}
{{- $endpoint := printf "^(?i:https)://(%s)(%s)?/?$|^(?i:http)://(%s)(%s)?/?$" $host $port $loopback $port }}
{{- $variable := "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}" }}
{{- if and (hasKey $account "endpoint") (not (regexMatch $endpoint $account.endpoint)) (not (regexMatch $variable $account.endpoint)) }}
{{- fail (printf "%s.endpoint: expected https://host or https://host:port, without user, path or query; plain http is for loopback addresses only" $path) }}
{{- end }}
{{- end }}

{{- define "exporter.checkSecrets" -}}
{{- include "exporter.checkKeys" (list "config" .Values.config (list "accounts" "account_defaults" "polling" "aggregation"
  "http")) }}
{{- $own := list "name" "access_key_id" "access_key_id_file" "secret_access_key" "secret_access_key_file" "session_token"
  "session_token_file" }}
{{- range $index, $account := .Values.config.accounts }}
{{- include "exporter.checkAccount" (list (printf "config.accounts[%d]" $index) $account $own) }}
{{- end }}
{{- range $key := $own }}
{{- if hasKey (default dict $.Values.config.account_defaults) $key }}
{{- fail (printf "config.account_defaults.%s: belongs to one account: write it there" $key) }}
{{- end }}
{{- end }}
{{- include "exporter.checkAccount" (list "config.account_defaults" (default dict .Values.config.account_defaults) list) }}
{{- include "exporter.checkKeys" (list "credentials" .Values.credentials (list "existingSecret" "data" "volume"
  "mountPath" "environment")) }}
{{- range $key, $value := .Values.credentials.data }}
{{- if not (regexMatch "^[-._A-Za-z0-9]{1,64}$" $key) }}
{{- fail "credentials.data: a key is no name of a file: letters, digits, \"-\", \"_\" and \".\", 64 at most" }}
{{- end }}
{{- end }}
{{- $secrets := dict "credentials.existingSecret" .Values.credentials.existingSecret
  "web.configFile.existingSecret" .Values.web.configFile.existingSecret
  "web.configFile.certificateSecret" .Values.web.configFile.certificateSecret }}
{{- range $path, $name := $secrets }}
{{- if and $name (not (regexMatch "^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$" $name)) }}
{{- fail (printf "%s: not the name of a Secret: lower case letters, digits, \"-\" and \".\"" $path) }}
{{- end }}
{{- end }}
{{- end }}

{{/* What the exporter refuses and the schema cannot say. A refused configuration would take down the pod that works. */}}
{{- define "exporter.checkConfig" -}}
{{- $names := list }}
{{- range $account := .Values.config.accounts }}
{{- if has $account.name $names }}
{{- fail (printf "config.accounts: two have the name %s; names are unique" $account.name) }}
{{- end }}
{{- $names = append $names $account.name }}
{{- if not (or $account.provider (get (default dict $.Values.config.account_defaults) "provider")) }}
{{- fail (printf "config.accounts, %s: provider is missing, here or in config.account_defaults" $account.name) }}
{{- end }}
{{- end }}
{{- with .Values.config.http.timeout }}
{{- if and (not (contains "${" .)) (gt (include "exporter.milliseconds" . | int64) 600000) }}
{{- fail (printf "config.http.timeout: %s is above 10m" .) }}
{{- end }}
{{- end }}
{{- end }}

{{/* A file that the configuration names has to be in the Secret that the chart makes. */}}
{{- define "exporter.checkKeyFiles" -}}
{{- $credentials := .Values.credentials }}
{{- $directory := printf "%s/" (trimSuffix "/" $credentials.mountPath) }}
{{- if and $credentials.data (not $credentials.environment) }}
{{- range $account := .Values.config.accounts }}
{{- range $key := list "access_key_id_file" "secret_access_key_file" "session_token_file" }}
{{- $path := default "" (get $account $key) }}
{{- if and (hasPrefix $directory $path) (not (hasKey $credentials.data (trimPrefix $directory $path))) }}
{{- fail (printf "account %s, %s: credentials.data has no key %s" $account.name $key (trimPrefix $directory $path)) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* A flag given twice, or one that ends the program at once, would leave a pod that never starts. */}}
{{- define "exporter.checkExtraArgs" -}}
{{- $values := dict "--config.file" "config" "--config.auto-reload-interval" "autoReloadInterval"
  "--web.telemetry-path" "web.telemetryPath" "--web.config.file" "web.configFile"
  "--web.enable-lifecycle" "web.enableLifecycle" "--state.dir" "state" "--shard.index" "shards"
  "--shard.count" "shards" "--log.level" "log.level" "--log.format" "log.format" }}
{{- $ending := list "--check-config" "--check-access" "--once" "--once.output" "--probe" "--version" "--help" }}
{{- range $index, $argument := .Values.extraArgs }}
{{- if not (regexMatch "^--[a-z]" $argument) }}
{{- fail (printf "extraArgs[%d]: not a flag: --name or --name=value" $index) }}
{{- end }}
{{- $flag := regexReplaceAll "=.*" $argument "" }}
{{- if hasKey $values $flag }}
{{- fail (printf "extraArgs: %s is set by the value %s" $flag (get $values $flag)) }}
{{- end }}
{{- if has $flag $ending }}
{{- fail (printf "extraArgs: with %s the exporter does not serve" $flag) }}
{{- end }}
{{- end }}
{{- end }}

{{/* What an upgrade would have to change beside the pods that run, or cannot change at all. */}}
{{- define "exporter.checkRunning" -}}
{{- $name := include "exporter.fullname" . }}
{{- $namespace := include "exporter.namespace" . }}
{{- $kubectl := printf "first: kubectl --namespace %s" $namespace }}
{{- $deployment := lookup "apps/v1" "Deployment" $namespace $name }}
{{- if int (dig "spec" "replicas" 0 $deployment) }}
{{- fail (printf "the Deployment of version 0.1 runs, and would poll beside the StatefulSet; %s scale deployment/%s --replicas=0" $kubectl $name) }}
{{- end }}
{{- with lookup "apps/v1" "StatefulSet" $namespace $name }}
{{- include "exporter.checkShardChange" (list $ $kubectl .spec) }}
{{- if ne (toJson .spec.selector.matchLabels) (include "exporter.selectorLabels" $ | fromYaml | toJson) }}
{{- fail (printf "nameOverride: a StatefulSet that exists cannot select pods by other labels; %s delete statefulset/%s" $kubectl $name) }}
{{- end }}
{{- $changed := list }}
{{- if ne .spec.serviceName $name }}{{ $changed = append $changed "the name of its Service" }}{{ end }}
{{- $claims := include "exporter.claimTemplates" $ | fromYamlArray }}
{{- if ne (include "exporter.claimFacts" (default list .spec.volumeClaimTemplates)) (include "exporter.claimFacts" $claims) }}
{{- $changed = append $changed "state.persistence, what the claims are" }}
{{- end }}
{{- if $changed }}
{{- fail (printf "%s: cannot be changed in a StatefulSet that exists; %s delete statefulset/%s --cascade=orphan, which leaves pods and claims as they are; the next upgrade takes the pods over, and claims that exist keep size and class"
  (join ", and " $changed) $kubectl $name) }}
{{- end }}
{{- end }}
{{- end }}

{{/* Another number of shards divides the accounts anew. Pods of the old and the new number side by side
would poll some accounts twice and others not at all, so the old ones have to end first. Takes the root, how kubectl
is called, and the spec of the StatefulSet that exists. */}}
{{- define "exporter.checkShardChange" -}}
{{- $shards := int (index . 0).Values.shards }}
{{- $running := int (index . 2).replicas }}
{{- if and $running (ne $running $shards) }}
{{- fail (printf "shards: %d run and %d are wanted, which would poll accounts twice during the update; %s scale statefulset/%s --replicas=0"
  $running $shards (index . 1) (include "exporter.fullname" (index . 0))) }}
{{- end }}
{{- end }}
