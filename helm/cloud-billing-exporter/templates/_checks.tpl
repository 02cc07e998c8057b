{{/* All that is refused but for what has the wrong type, which the schema refuses: what it says of anything else nobody
understands, and it prints values and names. */}}
{{- define "exporter.checkValues" -}}
{{- $known := include "exporter.knownValues" . | fromYaml }}
{{- /* A chart that has this one below it turns it on and off. */}}
{{- if not .Chart.IsRoot }}{{ $_ := set $known "enabled" nil }}{{ end }}
{{- include "exporter.checkKnown" (list "" .Values $known) }}
{{- include "exporter.checkSecrets" . }}
{{- include "exporter.checkOwnValues" . }}
{{- include "exporter.checkConfig" . }}
{{- if and (not .Values.config.accounts) (not .Values.existingConfigMap.name) }}
{{- /* Not for the linter, which everybody gives the chart's own values. */}}
{{- fail "no account to poll: set config.accounts, or existingConfigMap.name" }}
{{- end }}
{{- range $section, $content := .Values.config }}
{{- if and $content $.Values.existingConfigMap.name }}
{{- include "exporter.refuse" (printf "config.%s and existingConfigMap.name are both set: there can be only one configuration" $section) }}
{{- end }}
{{- end }}

{{- $sources := list }}
{{- range $source := list "existingSecret" "data" "volume" }}
{{- if get $.Values.credentials $source }}{{ $sources = append $sources (printf "credentials.%s" $source) }}{{ end }}
{{- end }}
{{- if gt (len $sources) 1 }}
{{- include "exporter.refuse" (printf "%s: the access keys can come from only one of them" (join " and " $sources)) }}
{{- end }}
{{- if and .Values.credentials.environment (not (include "exporter.credentialsSecretName" (list . ""))) }}
{{- include "exporter.refuse" "credentials.environment needs credentials.existingSecret or credentials.data" }}
{{- end }}

{{- include "exporter.checkKeyFiles" . }}

{{- with .Values.web.configFile }}
{{- if and (not .existingSecret) (or .tls .clientCertificates .certificateSecret) }}
{{- include "exporter.refuse" "web.configFile.tls, clientCertificates and certificateSecret need web.configFile.existingSecret" }}
{{- end }}
{{- if and .clientCertificates (not .tls) }}
{{- include "exporter.refuse" "web.configFile.clientCertificates needs web.configFile.tls" }}
{{- end }}
{{- if and .clientCertificates (or $.Values.serviceMonitor.enabled $.Values.podMonitor.enabled) }}
{{- $tls := $.Values.serviceMonitor.tlsConfig }}
{{- if not (and (or $tls.cert $tls.certFile) (or $tls.keySecret $tls.keyFile)) }}
{{- include "exporter.refuse" "serviceMonitor.tlsConfig needs cert and keySecret (or certFile and keyFile): with web.configFile.clientCertificates no scrape succeeds without" }}
{{- end }}
{{- end }}
{{- end }}

{{- with .Values.state }}
{{- if and .persistence.enabled (not .enabled) }}
{{- include "exporter.refuse" "state.persistence.enabled needs state.enabled" }}
{{- end }}
{{- if and (gt (int $.Values.shards) 1) .persistence.enabled .persistence.existingClaim }}
{{- include "exporter.refuse" "state.persistence.existingClaim: each shard needs a claim of its own; leave it empty with shards" }}
{{- end }}
{{- end }}

{{- include "exporter.checkAuthorities" . }}
{{- include "exporter.checkService" . }}
{{- if and .Values.serviceMonitor.enabled .Values.podMonitor.enabled }}
{{- include "exporter.refuse" "serviceMonitor.enabled and podMonitor.enabled: one of them scrapes, both would do it twice" }}
{{- end }}

{{- include "exporter.checkPort" . }}
{{- include "exporter.checkAffinity" . }}
{{- include "exporter.checkWebConfig" . }}
{{- include "exporter.checkExtraArgs" . }}
{{- include "exporter.checkRunning" . }}
{{- end }}

{{/* Ends with the words that it takes. For the linter `fail` does nothing: there they are a line at the head of the first manifest,
which the linter shows, and which makes it no YAML. */}}
{{- define "exporter.refuse" -}}
{{- fail . }}
{{ printf " refused: %s" . }}
{{ end }}

{{/* Takes a path, a map and the keys that it may have. */}}
{{- define "exporter.checkKeys" -}}
{{- $path := index . 0 }}
{{- $known := index . 2 }}
{{- range $key, $value := index . 1 }}
{{- if not (or (has $key $known) (and (eq $path "config") (hasPrefix "x-" $key))) }}
{{- $shown := include "exporter.shownKey" $key }}
{{- $meant := eq $shown $key | ternary (include "exporter.didYouMean" (list $shown $known)) "" }}
{{- include "exporter.refuse" (printf "%s: unknown key%s" (printf "%s.%s" $path $shown | trimPrefix ".") $meant) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "exporter.checkSecrets" -}}
{{- range $key, $value := .Values.credentials.data }}
{{- if not (regexMatch "^[-._A-Za-z0-9]{1,64}$" $key) }}
{{- include "exporter.refuse" "credentials.data: a key is no name of a file: letters, digits, \"-\", \"_\" and \".\", 64 at most" }}
{{- end }}
{{- end }}
{{- end }}

{{/* A file that the configuration names has to be in the Secret that the chart makes. */}}
{{- define "exporter.checkKeyFiles" -}}
{{- $credentials := .Values.credentials }}
{{- $directory := printf "%s/" (trimSuffix "/" $credentials.mountPath) }}
{{- if and $credentials.data (not $credentials.environment) }}
{{- range $account := kindIs "slice" .Values.config.accounts | ternary .Values.config.accounts list }}
{{- range $key := list "access_key_id_file" "secret_access_key_file" "session_token_file" }}
{{- $path := default "" (get $account $key) }}
{{- if and (hasPrefix $directory $path) (not (hasKey $credentials.data (trimPrefix $directory $path))) }}
{{- include "exporter.refuse" (printf "account %s, %s: credentials.data has no key %s" $account.name $key (trimPrefix $directory $path)) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Where the page and the metrics can be reached. */}}
{{- define "exporter.checkService" -}}
{{- $service := .Values.service }}
{{- $ways := dict "ingress.enabled" .Values.ingress.enabled "httpRoute.enabled" .Values.httpRoute.enabled
  (print "service.type: " $service.type) (ne $service.type "ClusterIP") }}
{{- range $way, $used := $ways }}
{{- if and $used (gt (int $.Values.shards) 1) }}
{{- include "exporter.refuse" (printf "%s leads to any one of the shards, each with other accounts; with shards use kubectl port-forward" $way) }}
{{- end }}
{{- end }}
{{- range $field := list "nodePort" "externalTrafficPolicy" }}
{{- if and (get $service $field) (eq $service.type "ClusterIP") }}
{{- include "exporter.refuse" (printf "service.%s: needs service.type NodePort or LoadBalancer" $field) }}
{{- end }}
{{- end }}
{{- range $field := list "loadBalancerClass" "loadBalancerIP" "loadBalancerSourceRanges" }}
{{- if and (get $service $field) (ne $service.type "LoadBalancer") }}
{{- include "exporter.refuse" (printf "service.%s: needs service.type LoadBalancer" $field) }}
{{- end }}
{{- end }}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
{{- include "exporter.refuse" "httpRoute.parentRefs: name the Gateway: [{name: ..., namespace: ...}]" }}
{{- end }}
{{- end }}

{{- define "exporter.checkAuthorities" -}}
{{- $ways := list }}
{{- if .Values.caBundle }}{{ $ways = append $ways "caBundle" }}{{ end }}
{{- if .Values.caBundleFrom }}{{ $ways = append $ways "caBundleFrom" }}{{ end }}
{{- if and $ways (hasKey (default dict .Values.config.http) "ca_file") }}{{ $ways = append $ways "config.http.ca_file" }}{{ end }}
{{- if gt (len $ways) 1 }}
{{- include "exporter.refuse" (printf "%s: the authorities can come from only one of them" (join " and " $ways)) }}
{{- end }}
{{- if and .Values.caBundle (or (not (contains "-----BEGIN CERTIFICATE-----" .Values.caBundle)) (contains "PRIVATE KEY" .Values.caBundle)) }}
{{- include "exporter.refuse" "caBundle: expected certificates in PEM form, and nothing else" }}
{{- end }}
{{- if and .Values.caBundle .Values.existingConfigMap.name }}
{{- include "exporter.refuse" "caBundle: the chart cannot write it into existingConfigMap; use caBundleFrom, and name the file in http.ca_file there" }}
{{- end }}
{{- with .Values.caBundleFrom }}
{{- if ne (len .) 1 }}
{{- include "exporter.refuse" "caBundleFrom: expected configMap or secret, one of them" }}
{{- end }}
{{- end }}
{{- end }}

{{/* Containers may not listen below 1024 without a right that the pod does not have; not every runtime allows it. */}}
{{- define "exporter.checkPort" -}}
{{- $port := int .Values.web.port }}
{{- $first := 1024 }}
{{- range $setting := default list (get (default dict .Values.podSecurityContext) "sysctls") }}
{{- if eq $setting.name "net.ipv4.ip_unprivileged_port_start" }}{{ $first = int $setting.value }}{{ end }}
{{- end }}
{{- if lt $port $first }}
{{- include "exporter.refuse" (printf "web.port: %d: the exporter has no right to listen below %d; take a higher one (service.port may be %d), or set podSecurityContext.sysctls to [{name: net.ipv4.ip_unprivileged_port_start, value: \"%d\"}]" $port $first $port $port) }}
{{- end }}
{{- end }}

{{- define "exporter.checkAffinity" -}}
{{- include "exporter.checkKeys" (list "affinity" .Values.affinity (list "nodeAffinity" "podAffinity" "podAntiAffinity")) }}
{{- range $kind, $terms := .Values.affinity }}
{{- include "exporter.checkKind" (list (print "affinity." $kind) $terms "a map") }}
{{- if kindIs "map" $terms }}
{{- include "exporter.checkKeys" (list (print "affinity." $kind) $terms (list "requiredDuringSchedulingIgnoredDuringExecution" "preferredDuringSchedulingIgnoredDuringExecution")) }}
{{- end }}
{{- end }}
{{- end }}

{{/* What the web configuration asks for, and what is said of it: a probe that asks in another way never succeeds. Only a Helm
that talks to the cluster can see the Secret, and it may read Secrets for sure where it keeps its releases: a lookup that is forbidden
ends everything. */}}
{{- define "exporter.checkWebConfig" -}}
{{- $web := .Values.web.configFile }}
{{- if and $web.existingSecret (eq (include "exporter.namespace" .) .Release.Namespace) }}
{{- with lookup "v1" "Secret" .Release.Namespace $web.existingSecret }}
{{- $file := get (default dict .data) $web.key }}
{{- if not $file }}
{{- include "exporter.refuse" (printf "web.configFile.key: the Secret %s has no key %s" $web.existingSecret $web.key) }}
{{- end }}
{{- $server := default dict (get ($file | b64dec | fromYaml) "tls_server_config") }}
{{- $tls := or (get $server "cert_file") (get $server "cert") | empty | not }}
{{- $clients := has (get $server "client_auth_type") (list "RequireAnyClientCert" "RequireAndVerifyClientCert") }}
{{- if ne $tls $web.tls }}
{{- include "exporter.refuse" (printf "web.configFile.tls: the file in the Secret %s %s TLS: set it to %t, or the pod never gets ready" $web.existingSecret ($tls | ternary "turns on" "does not turn on") $tls) }}
{{- end }}
{{- if and $clients (not $web.clientCertificates) }}
{{- include "exporter.refuse" (printf "web.configFile.clientCertificates: the file in the Secret %s demands client certificates: set it to true, or the pod never gets ready" $web.existingSecret) }}
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
{{- include "exporter.refuse" (printf "extraArgs[%d]: not a flag: --name or --name=value" $index) }}
{{- end }}
{{- $flag := regexReplaceAll "=.*" $argument "" }}
{{- if hasKey $values $flag }}
{{- include "exporter.refuse" (printf "extraArgs: %s is set by the value %s" $flag (get $values $flag)) }}
{{- end }}
{{- if has $flag $ending }}
{{- include "exporter.refuse" (printf "extraArgs: with %s the exporter does not serve" $flag) }}
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
{{- include "exporter.refuse" (printf "the Deployment of version 0.1 runs, and would poll beside the StatefulSet; %s scale deployment/%s --replicas=0" $kubectl $name) }}
{{- end }}
{{- with lookup "apps/v1" "StatefulSet" $namespace $name }}
{{- include "exporter.checkShardChange" (list $ $kubectl .spec) }}
{{- if ne (toJson .spec.selector.matchLabels) (include "exporter.selectorLabels" $ | fromYaml | toJson) }}
{{- include "exporter.refuse" (printf "nameOverride: a StatefulSet that exists cannot select pods by other labels; %s delete statefulset/%s" $kubectl $name) }}
{{- end }}
{{- $changed := list }}
{{- if ne .spec.serviceName $name }}{{ $changed = append $changed "the name of its Service" }}{{ end }}
{{- $claims := include "exporter.claimTemplates" $ | fromYamlArray }}
{{- if ne (include "exporter.claimFacts" (default list .spec.volumeClaimTemplates)) (include "exporter.claimFacts" $claims) }}
{{- $changed = append $changed "state.persistence, what the claims are" }}
{{- end }}
{{- if $changed }}
{{- include "exporter.refuse" (printf "%s: cannot be changed in a StatefulSet that exists; %s delete statefulset/%s --cascade=orphan, which leaves pods and claims as they are; the next upgrade takes the pods over, and claims that exist keep size and class"
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
{{- include "exporter.refuse" (printf "shards: %d run and %d are wanted, which would poll accounts twice during the update; %s scale statefulset/%s --replicas=0"
  $running $shards (index . 1) (include "exporter.fullname" (index . 0))) }}
{{- end }}
{{- end }}
