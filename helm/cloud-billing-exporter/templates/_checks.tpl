{{/* Values that are right each by itself but not together; the schema refuses the others. */}}
{{- define "exporter.checkValues" -}}
{{- $shards := int .Values.shards }}
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
{{- if and .Values.credentials.environment (not (include "exporter.credentialsSecretName" .)) }}
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
{{- if and (gt $shards 1) .persistence.enabled .persistence.existingClaim }}
{{- fail "state.persistence.existingClaim: each shard needs a claim of its own; leave it empty with shards" }}
{{- end }}
{{- end }}

{{- include "exporter.checkExtraArgs" . }}
{{- include "exporter.checkShardChange" . }}
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
{{- $values := dict "--config.file" "config"
  "--web.telemetry-path" "web.telemetryPath" "--web.config.file" "web.configFile"
  "--web.enable-lifecycle" "web.enableLifecycle" "--state.dir" "state" "--shard.index" "shards"
  "--shard.count" "shards" "--log.level" "log.level" "--log.format" "log.format" }}
{{- $ending := list "--check-config" "--once" "--once.output" "--probe" "--version" "--help" }}
{{- range $argument := .Values.extraArgs }}
{{- $flag := regexReplaceAll "=.*" $argument "" }}
{{- if hasKey $values $flag }}
{{- fail (printf "extraArgs: %s is set by the value %s" $flag (get $values $flag)) }}
{{- end }}
{{- if has $flag $ending }}
{{- fail (printf "extraArgs: with %s the exporter does not serve" $flag) }}
{{- end }}
{{- end }}
{{- end }}

{{/* Another number of shards divides the accounts anew. Pods of the old and the new number side by side
would poll some accounts twice and others not at all, so the old ones have to end first. */}}
{{- define "exporter.checkShardChange" -}}
{{- $shards := int .Values.shards }}
{{- $name := include "exporter.fullname" . }}
{{- $namespace := include "exporter.namespace" . }}
{{- $running := dict "kind" "" "replicas" 0 }}
{{- range $kind := list "Deployment" "StatefulSet" }}
{{- $object := lookup "apps/v1" $kind $namespace $name }}
{{- $replicas := int (dig "spec" "replicas" 0 $object) }}
{{- $same := and (eq $replicas $shards) (eq (eq $kind "StatefulSet") (gt $shards 1)) }}
{{- if and $replicas (not $same) }}
{{- $running = dict "kind" (lower $kind) "replicas" $replicas }}
{{- end }}
{{- end }}
{{- if $running.replicas }}
{{- fail (printf "shards: %d run and %d are wanted, which would poll accounts twice during the update; first: kubectl --namespace %s scale %s/%s --replicas=0"
  (int $running.replicas) $shards $namespace $running.kind $name) }}
{{- end }}
{{- end }}
