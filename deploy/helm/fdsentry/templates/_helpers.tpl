{{- define "fdsentry.labels" -}}
app.kubernetes.io/name: fdsentry
app.kubernetes.io/part-of: fdsentry
app.kubernetes.io/component: {{ . }}
{{- end }}
