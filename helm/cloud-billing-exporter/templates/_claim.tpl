{{- define "exporter.claimSpec" -}}
{{- with .Values.state.persistence -}}
accessModes:
  {{- toYaml .accessModes | nindent 2 }}
resources:
  requests:
    storage: {{ .size }}
{{- with .storageClass }}
storageClassName: {{ eq . "-" | ternary "" . | quote }}
{{- end }}
{{- end }}
{{- end }}
