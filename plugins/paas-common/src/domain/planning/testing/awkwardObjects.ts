import { KubeObject } from '../../kubernetes';

const labels = { app: 'awkward' };

/**
 * Objects as charts write them: quantities in other units, values that the API server leaves out of its answer, text for
 * Secrets, numbers as text, fields that it chooses itself.
 */
export function awkwardObjects(namespace: string): readonly KubeObject[] {
  const metadata = (name: string) => ({
    name,
    namespace,
    labels,
    annotations: {},
  });
  return [
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: metadata('awkward'),
      type: 'Opaque',
      stringData: { password: 'päss', empty: '' },
    },
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadata('awkward'),
      data: { 'a.conf': 'x = 1\n', empty: '' },
      binaryData: {},
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('awkward'),
      spec: {
        type: 'ClusterIP',
        clusterIP: '',
        selector: labels,
        publishNotReadyAddresses: false,
        loadBalancerSourceRanges: [],
        ports: [
          { name: 'http', port: 80, targetPort: 'http', nodePort: 0 },
          { name: 'dns', port: 53, protocol: 'UDP' },
          { name: 'dns-tcp', port: 53, protocol: 'TCP' },
        ],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: metadata('awkward-headless'),
      spec: { clusterIP: 'None', selector: labels, ports: [{ port: 80 }] },
    },
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: metadata('awkward'),
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1024Mi' } },
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: metadata('awkward'),
      spec: {
        podSelector: {},
        policyTypes: ['Ingress', 'Egress'],
        ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 80 }] }],
        egress: [],
      },
    },
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: metadata('awkward'),
      spec: { minAvailable: '50%', selector: { matchLabels: labels } },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: metadata('awkward'),
      spec: {
        replicas: 2,
        paused: false,
        minReadySeconds: 0,
        selector: { matchLabels: labels },
        strategy: { rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } },
        template: {
          metadata: { labels, annotations: {} },
          spec: {
            hostNetwork: false,
            automountServiceAccountToken: false,
            nodeSelector: {},
            tolerations: [],
            securityContext: {},
            affinity: {},
            imagePullSecrets: [],
            initContainers: [],
            volumes: [
              { name: 'tmp', emptyDir: {} },
              { name: 'cache', emptyDir: { sizeLimit: '0.5Gi' } },
              { name: 'files', configMap: { name: 'awkward', items: [] } },
            ],
            containers: [
              {
                name: 'app',
                image: 'registry.example.com/app:1',
                tty: false,
                env: [
                  { name: 'EMPTY', value: '' },
                  { name: 'ONE', value: '1' },
                  {
                    name: 'POD',
                    valueFrom: { fieldRef: { fieldPath: 'metadata.name' } },
                  },
                  {
                    name: 'PASSWORD',
                    valueFrom: {
                      secretKeyRef: { name: 'awkward', key: 'password' },
                    },
                  },
                ],
                envFrom: [],
                ports: [{ containerPort: 8080, name: 'http' }],
                resources: {
                  limits: { cpu: 0.5, memory: '1024Mi' },
                  requests: { cpu: '0.1', memory: 134217728 },
                },
                livenessProbe: {
                  initialDelaySeconds: 0,
                  httpGet: { path: '/', port: 'http', httpHeaders: [] },
                },
                readinessProbe: { tcpSocket: { port: 8080 } },
                securityContext: {
                  capabilities: { drop: ['ALL'] },
                  allowPrivilegeEscalation: false,
                  readOnlyRootFilesystem: false,
                },
                volumeMounts: [
                  { name: 'tmp', mountPath: '/tmp', readOnly: false },
                  { name: 'files', mountPath: '/etc/app', subPath: '' },
                ],
              },
            ],
          },
        },
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: metadata('awkward'),
      spec: {
        serviceName: 'awkward-headless',
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [{ name: 'db', image: 'registry.example.com/db:1' }],
          },
        },
        volumeClaimTemplates: [
          {
            metadata: { name: 'data', labels: {} },
            spec: {
              accessModes: ['ReadWriteOnce'],
              resources: { requests: { storage: '0.5Gi' } },
            },
          },
        ],
      },
    },
    {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: metadata('awkward'),
      spec: {
        schedule: '*/5 * * * *',
        suspend: false,
        jobTemplate: {
          spec: {
            template: {
              spec: {
                restartPolicy: 'Never',
                containers: [
                  { name: 'run', image: 'registry.example.com/run:1' },
                ],
              },
            },
          },
        },
      },
    },
    {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: metadata('awkward'),
      spec: {
        tls: [],
        rules: [
          {
            host: 'awkward.example.com',
            http: {
              paths: [
                {
                  path: '/',
                  pathType: 'Prefix',
                  backend: {
                    service: { name: 'awkward', port: { name: 'http' } },
                  },
                },
              ],
            },
          },
        ],
      },
    },
    {
      apiVersion: 'autoscaling/v2',
      kind: 'HorizontalPodAutoscaler',
      metadata: metadata('awkward-other'),
      spec: {
        maxReplicas: 3,
        scaleTargetRef: {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'other',
        },
        metrics: [
          {
            type: 'Resource',
            resource: {
              name: 'cpu',
              target: { type: 'AverageValue', averageValue: '0.5' },
            },
          },
        ],
      },
    },
  ];
}
