{{/* The name of everything: the release's, with the chart's when the release does not say it already. */}}
{{- define "redis.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 52 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 52 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "redis.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "redis.labels" -}}
{{ include "redis.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "redis.secretName" -}}
{{- .Values.auth.existingSecret | default (include "redis.fullname" .) -}}
{{- end -}}

{{- define "redis.password" -}}
{{- .Values.auth.password | default (printf "%s/%s/redis" .Release.Namespace .Release.Name | sha256sum | trunc 24) -}}
{{- end -}}

{{/* A StatefulSet of one role. Takes a dict: root, role (master or replica), replicas, resources. */}}
{{- define "redis.statefulset" -}}
{{- $root := .root -}}
{{- $name := printf "%s-%s" (include "redis.fullname" $root) (eq .role "master" | ternary "master" "replicas") -}}
apiVersion: apps/v1
kind: StatefulSet
metadata:
  name: {{ $name }}
  labels:
    {{- include "redis.labels" $root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
spec:
  replicas: {{ .replicas }}
  serviceName: {{ include "redis.fullname" $root }}-headless
  selector:
    matchLabels:
      {{- include "redis.selector" $root | nindent 6 }}
      app.kubernetes.io/component: {{ .role }}
  template:
    metadata:
      labels:
        {{- include "redis.labels" $root | nindent 8 }}
        app.kubernetes.io/component: {{ .role }}
      annotations:
        checksum/configuration: {{ $root.Values.configuration | sha256sum }}
    spec:
      serviceAccountName: {{ include "redis.fullname" $root }}
      automountServiceAccountToken: false
      securityContext:
        runAsNonRoot: true
        runAsUser: 1001
        fsGroup: 1001
        seccompProfile: { type: RuntimeDefault }
      containers:
        - name: redis
          image: "{{ $root.Values.image.registry }}/{{ $root.Values.image.repository }}:{{ $root.Values.image.tag }}"
          args:
            - /etc/redis/redis.conf
            {{- if ne .role "master" }}
            - --replicaof
            - {{ include "redis.fullname" $root }}-master
            - {{ $root.Values.service.port | quote }}
            {{- end }}
            {{- if $root.Values.auth.enabled }}
            - --requirepass
            - $(REDIS_PASSWORD)
            - --masterauth
            - $(REDIS_PASSWORD)
            {{- end }}
          {{- if $root.Values.auth.enabled }}
          env:
            - name: REDIS_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: {{ include "redis.secretName" $root }}
                  key: redis-password
          {{- end }}
          ports:
            - name: redis
              containerPort: {{ $root.Values.service.port }}
          readinessProbe:
            tcpSocket: { port: redis }
          livenessProbe:
            tcpSocket: { port: redis }
            initialDelaySeconds: 20
          resources:
            {{- toYaml .resources | nindent 12 }}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: { drop: [ALL] }
          volumeMounts:
            - { name: data, mountPath: /data }
            - { name: configuration, mountPath: /etc/redis, readOnly: true }
      volumes:
        - name: configuration
          configMap:
            name: {{ include "redis.fullname" $root }}-configuration
        {{- if not $root.Values.persistence.enabled }}
        - name: data
          emptyDir: {}
        {{- end }}
  {{- if $root.Values.persistence.enabled }}
  volumeClaimTemplates:
    - metadata:
        name: data
        labels:
          {{- include "redis.selector" $root | nindent 10 }}
      spec:
        accessModes: [ReadWriteOnce]
        {{- with $root.Values.persistence.storageClass }}
        storageClassName: {{ . }}
        {{- end }}
        resources:
          requests:
            storage: {{ $root.Values.persistence.size }}
  {{- end }}
{{- end -}}
