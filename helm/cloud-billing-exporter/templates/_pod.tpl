{{- define "exporter.configFile" -}}
/etc/cloud-billing-exporter/{{ if .Values.existingConfigMap.name }}{{ .Values.existingConfigMap.key }}{{ else }}config.yml{{ end }}
{{- end }}

{{- define "exporter.webConfigFile" -}}
{{- with .Values.web.configFile }}{{ if .existingSecret }}/etc/cloud-billing-exporter-web/{{ .key }}{{ end }}{{ end }}
{{- end }}

{{- define "exporter.arguments" -}}
- --config.file={{ include "exporter.configFile" . }}
- --config.auto-reload-interval={{ .Values.autoReloadInterval }}
- --web.listen-address=:{{ int .Values.web.port }}
- --web.telemetry-path={{ .Values.web.telemetryPath }}
{{- with include "exporter.webConfigFile" . }}
- --web.config.file={{ . }}
{{- end }}
{{- if .Values.web.enableLifecycle }}
- --web.enable-lifecycle
{{- end }}
{{- if .Values.state.enabled }}
- --state.dir={{ .Values.state.mountPath }}
{{- end }}
{{- if gt (int .Values.shards) 1 }}
- --shard.index=pod
- --shard.count={{ int .Values.shards }}
{{- end }}
- --log.level={{ .Values.log.level }}
- --log.format={{ .Values.log.format }}
{{- with .Values.extraArgs }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Where the access keys come from as files: true or empty. */}}
{{- define "exporter.credentialFiles" -}}
{{- if .Values.credentials.volume }}true{{ else if and (include "exporter.credentialsSecretName" (list . "")) (not .Values.credentials.environment) }}true{{ end }}
{{- end }}

{{/* The web configuration and its certificates in one directory. */}}
{{- define "exporter.webConfigVolume" -}}
{{- with .Values.web.configFile -}}
- name: web-config
  projected:
    defaultMode: 0440
    sources:
      - secret:
          name: {{ .existingSecret }}
      {{- with .certificateSecret }}
      - secret:
          name: {{ . }}
      {{- end }}
{{- end }}
{{- end }}

{{/* What the exporter reads. Takes the root, and what the names of the objects end in that the chart makes for it. */}}
{{- define "exporter.inputVolumes" -}}
{{- $root := index . 0 }}
- name: config
  configMap:
    name: {{ include "exporter.configMapName" . }}
{{- if include "exporter.credentialFiles" $root }}
- name: credentials
  {{- if $root.Values.credentials.volume }}
  {{- toYaml $root.Values.credentials.volume | nindent 2 }}
  {{- else }}
  secret:
    secretName: {{ include "exporter.credentialsSecretName" . }}
    defaultMode: 0440
  {{- end }}
{{- end }}
{{- if $root.Values.web.configFile.existingSecret }}
{{ include "exporter.webConfigVolume" $root }}
{{- end }}
{{- with $root.Values.caBundleFrom }}
- name: ca-bundle
  {{- with .configMap }}
  configMap:
    name: {{ .name }}
  {{- end }}
  {{- with .secret }}
  secret:
    secretName: {{ .name }}
    defaultMode: 0440
  {{- end }}
{{- end }}
{{- with $root.Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "exporter.inputMounts" -}}
- name: config
  mountPath: /etc/cloud-billing-exporter
  readOnly: true
{{- if include "exporter.credentialFiles" . }}
- name: credentials
  mountPath: {{ .Values.credentials.mountPath }}
  readOnly: true
{{- end }}
{{- if .Values.web.configFile.existingSecret }}
- name: web-config
  mountPath: /etc/cloud-billing-exporter-web
  readOnly: true
{{- end }}
{{- if .Values.caBundleFrom }}
- name: ca-bundle
  mountPath: /etc/cloud-billing-exporter-ca
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* The environment. Takes what exporter.inputVolumes takes. */}}
{{- define "exporter.environment" -}}
{{- $values := (index . 0).Values }}
{{- with $values.extraEnv }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if or $values.credentials.environment $values.extraEnvFrom }}
envFrom:
  {{- if $values.credentials.environment }}
  - secretRef:
      name: {{ include "exporter.credentialsSecretName" . }}
  {{- end }}
  {{- with $values.extraEnvFrom }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "exporter.stateVolume" -}}
{{- with .Values.state }}
{{- if and .enabled (not .persistence.enabled) }}
- name: state
  emptyDir:
    sizeLimit: {{ .sizeLimit }}
{{- else if and .enabled .persistence.existingClaim }}
- name: state
  persistentVolumeClaim:
    claimName: {{ .persistence.existingClaim }}
{{- end }}
{{- end }}
{{- end }}

{{- define "exporter.container" -}}
name: exporter
image: {{ include "exporter.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
# `kubectl describe pod` shows why it ended.
terminationMessagePolicy: FallbackToLogsOnError
args:
  {{- include "exporter.arguments" . | nindent 2 }}
{{- with include "exporter.environment" (list . "") | trim }}
{{ . }}
{{- end }}
ports:
  - name: http
    containerPort: {{ int .Values.web.port }}
    protocol: TCP
{{- include "exporter.probe" (list . "startupProbe" "/-/healthy") }}
{{- include "exporter.probe" (list . "livenessProbe" "/-/healthy") }}
{{- include "exporter.probe" (list . "readinessProbe" "/-/ready") }}
{{- with .Values.resources }}
resources:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.securityContext }}
securityContext:
  {{- toYaml . | nindent 2 }}
{{- end }}
volumeMounts:
  {{- if .Values.state.enabled }}
  - name: state
    mountPath: {{ .Values.state.mountPath }}
  {{- end }}
  {{- include "exporter.inputMounts" . | nindent 2 }}
{{- end }}

{{- define "exporter.topologySpreadConstraints" -}}
{{- range .Values.topologySpreadConstraints }}
{{- $selector := dict "labelSelector" (dict "matchLabels" (include "exporter.selectorLabels" $ | fromYaml)) }}
- {{ merge (deepCopy .) (hasKey . "labelSelector" | ternary dict $selector) | toYaml | nindent 2 | trim }}
{{- end }}
{{- end }}

{{/* Where pods run, how their image is pulled, and what names they know. */}}
{{- define "exporter.placement" -}}
{{- include "exporter.imagePullSecrets" . }}
{{- range $field := list "nodeSelector" "tolerations" "affinity" "priorityClassName" "runtimeClassName" "hostAliases" "dnsPolicy" "dnsConfig" }}
{{- with get $.Values $field }}
{{ dict $field . | toYaml }}
{{- end }}
{{- end }}
{{- end }}

{{/* The pod template of the StatefulSet. Nothing in it changes with the configuration or with key files: the exporter
reads them again by itself. Variables it cannot read again. */}}
{{- define "exporter.podTemplate" -}}
metadata:
  annotations:
    kubectl.kubernetes.io/default-container: exporter
    {{- if and .Values.credentials.environment .Values.credentials.data }}
    checksum/credentials: {{ toJson .Values.credentials.data | sha256sum }}
    {{- end }}
    {{- with .Values.podAnnotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  labels:
    {{- include "exporter.selectorLabels" . | nindent 4 }}
    {{- with .Values.commonLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- with .Values.podLabels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  serviceAccountName: {{ include "exporter.serviceAccountName" . }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ int .Values.terminationGracePeriodSeconds }}
  {{- with .Values.podSecurityContext }}
  securityContext:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.initContainers }}
  initContainers:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - {{ include "exporter.container" . | nindent 6 | trim }}
    {{- with .Values.extraContainers }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  volumes:
    {{- with include "exporter.stateVolume" . | trim }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- include "exporter.inputVolumes" (list . "") | trim | nindent 4 }}
  {{- with include "exporter.topologySpreadConstraints" . | trim }}
  topologySpreadConstraints:
    {{- . | nindent 4 }}
  {{- end }}
  {{- with include "exporter.placement" . | trim }}
  {{- . | nindent 2 }}
  {{- end }}
{{- end }}
