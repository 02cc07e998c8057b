{{- define "exporter.arguments" -}}
- --config.file=/etc/cloud-billing-exporter/{{ if .Values.existingConfigMap.name }}{{ .Values.existingConfigMap.key }}{{ else }}config.yml{{ end }}
- --web.listen-address=:{{ int .Values.web.port }}
- --web.telemetry-path={{ .Values.web.telemetryPath }}
{{- if .Values.web.configFile.existingSecret }}
- --web.config.file=/etc/cloud-billing-exporter-web/{{ .Values.web.configFile.key }}
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
{{- if .Values.credentials.volume }}true{{ else if and (include "exporter.credentialsSecretName" .) (not .Values.credentials.environment) }}true{{ end }}
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

{{- define "exporter.volumes" -}}
- name: config
  configMap:
    name: {{ include "exporter.configMapName" . }}
{{- if include "exporter.credentialFiles" . }}
- name: credentials
  {{- if .Values.credentials.volume }}
  {{- toYaml .Values.credentials.volume | nindent 2 }}
  {{- else }}
  secret:
    secretName: {{ include "exporter.credentialsSecretName" . }}
    defaultMode: 0440
  {{- end }}
{{- end }}
{{- if .Values.web.configFile.existingSecret }}
{{ include "exporter.webConfigVolume" . }}
{{- end }}
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
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "exporter.volumeMounts" -}}
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
{{- if .Values.state.enabled }}
- name: state
  mountPath: {{ .Values.state.mountPath }}
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
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
{{- with .Values.extraEnv }}
env:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if or .Values.credentials.environment .Values.extraEnvFrom }}
envFrom:
  {{- if .Values.credentials.environment }}
  - secretRef:
      name: {{ include "exporter.credentialsSecretName" . }}
  {{- end }}
  {{- with .Values.extraEnvFrom }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
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
  {{- include "exporter.volumeMounts" . | nindent 2 }}
{{- end }}

{{- define "exporter.topologySpreadConstraints" -}}
{{- range .Values.topologySpreadConstraints }}
{{- $selector := dict "labelSelector" (dict "matchLabels" (include "exporter.selectorLabels" $ | fromYaml)) }}
- {{ merge (deepCopy .) (hasKey . "labelSelector" | ternary dict $selector) | toYaml | nindent 2 | trim }}
{{- end }}
{{- end }}

{{/* The pod template of the StatefulSet. A changed configuration starts the pod anew;
credential files do not: the exporter reads them again by itself. */}}
{{- define "exporter.podTemplate" -}}
metadata:
  annotations:
    kubectl.kubernetes.io/default-container: exporter
    {{- if not .Values.existingConfigMap.name }}
    checksum/config: {{ include "exporter.config" . | sha256sum }}
    {{- end }}
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
    {{- include "exporter.volumes" . | nindent 4 }}
  {{- with include "exporter.topologySpreadConstraints" . | trim }}
  topologySpreadConstraints:
    {{- . | nindent 4 }}
  {{- end }}
  {{- range $field := list "imagePullSecrets" "nodeSelector" "tolerations" "affinity" "priorityClassName" "runtimeClassName" "hostAliases" "dnsPolicy" "dnsConfig" }}
  {{- with get $.Values $field }}
  {{- dict $field . | toYaml | nindent 2 }}
  {{- end }}
  {{- end }}
{{- end }}
