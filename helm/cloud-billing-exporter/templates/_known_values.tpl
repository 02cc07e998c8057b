{{/* Names of the values, as in values.schema.json, which would print any other as it stands: a secret that is pasted where a name
belongs, too. What is ~ may hold what Kubernetes knows, or is looked into by other checks; a list has such items. */}}
{{- define "exporter.knownValues" -}}
global: ~
nameOverride: ~
fullnameOverride: ~
namespaceOverride: ~
commonLabels: ~
image: {registry: ~, repository: ~, tag: ~, digest: ~, pullPolicy: ~}
imagePullSecrets: [{name: ~}]
config: ~
existingConfigMap: {name: ~, key: ~}
caBundle: ~
caBundleFrom: {configMap: {name: ~, key: ~}, secret: {name: ~, key: ~}}
autoReloadInterval: ~
configCheck: {enabled: ~, timeoutSeconds: ~, serviceAccountName: ~, podAnnotations: ~, podLabels: ~}
credentials: {existingSecret: ~, data: ~, volume: ~, mountPath: ~, environment: ~}
web:
  port: ~
  telemetryPath: ~
  enableLifecycle: ~
  configFile: {existingSecret: ~, key: ~, certificateSecret: ~, tls: ~, clientCertificates: ~}
log: {level: ~, format: ~}
shards: ~
state:
  enabled: ~
  mountPath: ~
  sizeLimit: ~
  persistence: {enabled: ~, existingClaim: ~, storageClass: ~, accessModes: ~, size: ~, annotations: ~}
persistentVolumeClaimRetentionPolicy: {whenDeleted: ~, whenScaled: ~}
serviceAccount: {create: ~, name: ~, annotations: ~}
service:
  {type: ~, port: ~, nodePort: ~, annotations: ~, labels: ~, clusterIP: ~, externalIPs: ~, externalTrafficPolicy: ~,
   internalTrafficPolicy: ~, ipFamilies: ~, ipFamilyPolicy: ~, loadBalancerClass: ~, loadBalancerIP: ~,
   loadBalancerSourceRanges: ~, sessionAffinity: ~}
ingress: {enabled: ~, className: ~, annotations: ~, labels: ~, hosts: ~, tls: ~}
httpRoute: {enabled: ~, annotations: ~, labels: ~, parentRefs: ~, hostnames: ~, filters: ~}
podMonitor: {enabled: ~}
serviceMonitor:
  {enabled: ~, namespace: ~, labels: ~, annotations: ~, interval: ~, scrapeTimeout: ~, relabelings: ~, metricRelabelings: ~,
   tlsConfig: ~, basicAuth: ~, sampleLimit: ~, targetLimit: ~, labelLimit: ~, labelNameLengthLimit: ~,
   labelValueLengthLimit: ~, targetLabels: ~, podTargetLabels: ~}
prometheusRule:
  {enabled: ~, namespace: ~, labels: ~, language: ~, alertLabels: ~, runbookBase: ~, disabledAlerts: ~, additionalGroups: ~}
dashboards: {enabled: ~, namespace: ~, language: ~, labels: ~, annotations: ~}
networkPolicy: {enabled: ~, ingressFrom: ~, egressTo: ~, egressPorts: ~, extraIngress: ~, extraEgress: ~}
podDisruptionBudget: {enabled: ~, maxUnavailable: ~}
annotations: ~
podAnnotations: ~
podLabels: ~
podSecurityContext: ~
securityContext: ~
resources: {requests: ~, limits: ~, claims: ~}
startupProbe: &probe {enabled: ~, initialDelaySeconds: ~, periodSeconds: ~, timeoutSeconds: ~, failureThreshold: ~}
livenessProbe: *probe
readinessProbe: *probe
terminationGracePeriodSeconds: ~
revisionHistoryLimit: ~
nodeSelector: ~
tolerations: ~
affinity: ~
topologySpreadConstraints: ~
priorityClassName: ~
runtimeClassName: ~
hostAliases: ~
dnsPolicy: ~
dnsConfig: ~
extraArgs: ~
extraEnv: ~
extraEnvFrom: ~
extraVolumes: ~
extraVolumeMounts: ~
extraContainers: ~
initContainers: ~
extraManifests: ~
tests: {enabled: ~, access: ~}
{{- end }}

{{/* Takes a path, "" for all values, a value and what is known of it. */}}
{{- define "exporter.checkKnown" -}}
{{- $path := index . 0 }}
{{- $value := index . 1 }}
{{- $known := index . 2 }}
{{- if and (kindIs "map" $known) (kindIs "map" $value) }}
{{- include "exporter.checkKeys" (list $path $value (keys $known)) }}
{{- range $key, $child := $value }}
{{- if hasKey $known $key }}
{{- include "exporter.checkKnown" (list (print $path (ternary "." "" (ne $path "")) $key) $child (get $known $key)) }}
{{- end }}
{{- end }}
{{- else if and (kindIs "slice" $known) (kindIs "slice" $value) }}
{{- range $index, $item := $value }}
{{- include "exporter.checkKnown" (list (printf "%s[%d]" $path $index) $item (index $known 0)) }}
{{- end }}
{{- end }}
{{- end }}
