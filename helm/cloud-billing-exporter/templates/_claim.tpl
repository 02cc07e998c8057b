{{/* The claim of each pod, if the chart makes them: a list, else empty. */}}
{{- define "exporter.claimTemplates" -}}
{{- with .Values.state }}
{{- if and .enabled .persistence.enabled (not .persistence.existingClaim) -}}
- apiVersion: v1
  kind: PersistentVolumeClaim
  metadata:
    name: state
    labels:
      {{- include "exporter.selectorLabels" $ | nindent 6 }}
    {{- with .persistence.annotations }}
    annotations:
      {{- toYaml . | nindent 6 }}
    {{- end }}
  spec:
    accessModes:
      {{- toYaml .persistence.accessModes | nindent 6 }}
    resources:
      requests:
        storage: {{ .persistence.size }}
    {{- with .persistence.storageClass }}
    storageClassName: {{ eq . "-" | ternary "" . | quote }}
    {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* A quantity such as 256Mi as a number: Kubernetes writes 1024Mi as 1Gi. */}}
{{- define "exporter.quantity" -}}
{{- $units := dict "m" 0.001 "" 1.0 "k" 1e3 "M" 1e6 "G" 1e9 "T" 1e12 "P" 1e15 "E" 1e18 "Ki" 1024.0 "Mi" 1048576.0
  "Gi" 1073741824.0 "Ti" 1099511627776.0 "Pi" 1125899906842624.0 "Ei" 1152921504606846976.0 }}
{{- printf "%.3f" (mulf (regexFind "^[0-9.]+" . | float64) (get $units (regexFind "[A-Za-z]*$" .))) }}
{{- end }}

{{/* What cannot be changed of claim templates, comparable: takes the list as Kubernetes or the chart has it. */}}
{{- define "exporter.claimFacts" -}}
{{- range . }}
{{- $size := include "exporter.quantity" (toString .spec.resources.requests.storage) }}
{{- list .metadata.name (default dict .metadata.annotations) .spec.accessModes $size (get .spec "storageClassName") (hasKey .spec "storageClassName") | toJson }}
{{- end }}
{{- end }}
