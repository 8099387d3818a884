import {
  chartDeployment,
  chartObject,
  chartService,
  checkObjects,
  verdict,
} from './testing/chartObjects';

const container = (fields: object) => ({
  containers: [{ name: 'a', image: 'a', ...fields }],
});
const secure = (securityContext: object) => container({ securityContext });

describe('S1: kinds that applications may not create', () => {
  it.each([
    ['rbac.authorization.k8s.io/v1', 'ClusterRole'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRoleBinding'],
    ['rbac.authorization.k8s.io/v1', 'Role'],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration'],
    ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration'],
    ['v1', 'Namespace'],
    ['v1', 'PersistentVolume'],
    ['v1', 'Pod'],
    ['v1', 'ResourceQuota'],
    ['v1', 'Endpoints'],
    ['discovery.k8s.io/v1', 'EndpointSlice'],
    ['paas.understage.dev/v1', 'Application'],
    ['monitoring.coreos.com/v1', 'ServiceMonitor'],
    ['', 'Deployment'],
  ])('%s %s is refused by name', (apiVersion, kind) => {
    expect(verdict(chartDeployment(), chartObject(kind, apiVersion))).toMatch(
      `KindNotAllowed: redis: ${kind} thing: ${apiVersion} ${kind} is not allowed in an application; allowed are`,
    );
  });

  it('an old version of an allowed kind is refused with the one to use', () => {
    expect(verdict(chartObject('CronJob', 'batch/v1beta1'))).toBe(
      'KindNotAllowed: redis: CronJob thing: batch/v1beta1 CronJob is not allowed in an application; only batch/v1 is. Use a newer version of the chart.',
    );
  });

  it('a release, which only the platform writes, is refused', () => {
    expect(verdict(chartObject('ControllerRevision', 'apps/v1'))).toMatch(
      'KindNotAllowed: redis: ControllerRevision thing',
    );
  });

  it('hiding it in a List, or in a list of lists, does not help', () => {
    const role = chartObject('ClusterRole', 'rbac.authorization.k8s.io/v1');
    const list = chartObject('List', 'v1', {
      items: [chartDeployment(), role],
    });
    expect(verdict(list)).toMatch('ClusterRole thing');
    expect(
      verdict(
        chartObject('RoleList', 'rbac.authorization.k8s.io/v1', {
          items: [list],
        }),
      ),
    ).toMatch('ClusterRole thing');
  });

  it('lists nested without end are refused as such', () => {
    const nested = [1, 2, 3, 4, 5].reduce<unknown>(
      inner => chartObject('List', 'v1', { items: [inner] }),
      chartDeployment(),
    );
    expect(verdict(nested)).toBe(
      'KindNotAllowed: redis: List thing: it is a list in a list in a list, or has items that are none; a List of objects is taken as these objects.',
    );
  });

  it('a List whose items are none is refused as such', () => {
    const list = chartObject('List', 'v1', { items: 'ConfigMap' });
    expect(verdict(chartDeployment(), list)).toMatch(
      'KindNotAllowed: redis: List thing: it is a list in a list',
    );
  });
});

describe('S2: namespaces', () => {
  it('an object for another namespace is refused, not moved', () => {
    expect(verdict(chartDeployment({}, { namespace: 'kube-system' }))).toBe(
      'NamespaceNotAllowed: redis: Deployment shop-redis: it is for namespace "kube-system"; an application stays in its own, "shop".',
    );
  });

  it.each([
    ['its own', 'shop'],
    ['none', undefined],
    ['an empty one', ''],
  ])('%s is fine', (_which, namespace) => {
    expect(verdict(chartDeployment({}, { namespace }))).toBe('accepted');
  });

  it('a namespace that is no text is refused', () => {
    expect(verdict(chartDeployment({}, { namespace: ['shop'] }))).toMatch(
      'NamespaceNotAllowed',
    );
  });
});

describe('S3: references to other namespaces', () => {
  const route = (spec: object) =>
    chartObject('HTTPRoute', 'gateway.networking.k8s.io/v1', {
      spec: { hostnames: ['a.example.com'], ...spec },
    });

  it.each([
    ['a parent', { parentRefs: [{ name: 'g', namespace: 'gateways' }] }],
    [
      'a backend',
      { rules: [{ backendRefs: [{ name: 'b', namespace: 'other' }] }] },
    ],
    [
      'a mirror',
      {
        rules: [
          {
            filters: [
              {
                requestMirror: {
                  backendRef: { name: 'b', namespace: 'other' },
                },
              },
            ],
          },
        ],
      },
    ],
  ])('%s of a route elsewhere is refused', (_what, spec) => {
    expect(verdict(route(spec))).toMatch(
      /FieldNotAllowed: .* it refers to namespace "/,
    );
  });

  it('references within the namespace are fine', () => {
    expect(
      verdict(
        route({
          parentRefs: [{ name: 'g', namespace: 'shop' }],
          rules: [{ backendRefs: [{ name: 'b' }] }],
        }),
        chartService('b'),
      ),
    ).toBe('accepted');
  });
});

describe('S5: what reaches past the pod', () => {
  it.each([
    ['hostNetwork', { hostNetwork: true }],
    ['hostPID', { hostPID: true }],
    ['hostIPC', { hostIPC: true }],
    ['nodeName', { nodeName: 'node-1' }],
    ['priorityClassName', { priorityClassName: 'system-node-critical' }],
    [
      'securityContext.sysctls',
      {
        securityContext: {
          sysctls: [{ name: 'net.core.somaxconn', value: '1' }],
        },
      },
    ],
    ['securityContext.runAsUser', { securityContext: { runAsUser: 0 } }],
    [
      'securityContext.runAsNonRoot',
      { securityContext: { runAsNonRoot: false } },
    ],
    [
      'securityContext.seccompProfile',
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
    ],
    [
      'securityContext.windowsOptions',
      { securityContext: { windowsOptions: { hostProcess: true } } },
    ],
    [
      'volumes[0].hostPath',
      { volumes: [{ name: 'a', hostPath: { path: '/' } }] },
    ],
    [
      'volumes[1].nfs',
      {
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'b', nfs: { server: 'x', path: '/' } },
        ],
      },
    ],
    ['containers[0].securityContext.privileged', secure({ privileged: true })],
    [
      'containers[0].securityContext.allowPrivilegeEscalation',
      secure({ allowPrivilegeEscalation: true }),
    ],
    ['containers[0].securityContext.runAsUser', secure({ runAsUser: 0 })],
    [
      'containers[0].securityContext.procMount',
      secure({ procMount: 'Unmasked' }),
    ],
    [
      'containers[0].securityContext.capabilities',
      secure({ capabilities: { add: ['NET_ADMIN'] } }),
    ],
    [
      'containers[0].ports',
      container({ ports: [{ containerPort: 80, hostPort: 80 }] }),
    ],
    [
      'initContainers[0].securityContext.privileged',
      {
        initContainers: [{ name: 'i', securityContext: { privileged: true } }],
      },
    ],
    [
      'ephemeralContainers[0].securityContext.privileged',
      { ephemeralContainers: [{ securityContext: { privileged: true } }] },
    ],
    ['serviceAccountName', { serviceAccountName: 'understage-deployer' }],
    ['serviceAccount', { serviceAccount: 'understage-deployer' }],
  ])('%s is refused, with its path', (path, pod) => {
    expect(verdict(chartDeployment(pod))).toMatch(
      `FieldNotAllowed: redis: Deployment shop-redis: spec.template.spec.${path}`,
    );
  });

  it('finds it in schedules too', () => {
    const template = { spec: { hostNetwork: true } };
    expect(
      verdict(
        chartObject('CronJob', 'batch/v1', {
          spec: { jobTemplate: { spec: { template } } },
        }),
      ),
    ).toMatch(
      'spec.jobTemplate.spec.template.spec.hostNetwork: true is not allowed.',
    );
  });

  it.each([
    ['its own service account', { serviceAccountName: 'shop-redis' }],
    ['the default service account', { serviceAccountName: 'default' }],
    [
      'a user that is not root',
      { securityContext: { runAsUser: 1001, runAsNonRoot: true } },
    ],
    [
      'binding a low port',
      secure({ capabilities: { drop: ['ALL'], add: ['NET_BIND_SERVICE'] } }),
    ],
    [
      'volumes of its own',
      {
        volumes: [
          { name: 'a', emptyDir: {} },
          { name: 'b', secret: { secretName: 'x' } },
          { name: 'c', persistentVolumeClaim: { claimName: 'x' } },
        ],
      },
    ],
    ['hostNetwork turned off', { hostNetwork: false }],
  ])('%s is fine', (_what, pod) => {
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'shop-redis' },
    };
    expect(verdict(account, chartDeployment(pod))).toBe('accepted');
  });

  it.each([
    ['type NodePort', { type: 'NodePort' }],
    ['type LoadBalancer', { type: 'LoadBalancer' }],
    [
      'type ExternalName',
      { type: 'ExternalName', externalName: 'metadata.google.internal' },
    ],
    ['externalIPs', { externalIPs: ['1.2.3.4'] }],
    ['nodePort', { ports: [{ port: 80, nodePort: 30000 }] }],
    ['loadBalancerIP', { loadBalancerIP: '1.2.3.4' }],
  ])('a Service with %s is refused', (_what, spec) => {
    expect(verdict(chartDeployment(), chartService('s', spec))).toMatch(
      'FieldNotAllowed: redis: Service s: spec.',
    );
  });

  it('a Service with empty externalIPs is fine', () => {
    expect(
      verdict(
        chartDeployment(),
        chartService('s', { externalIPs: [], type: 'ClusterIP' }),
      ),
    ).toBe('accepted');
  });

  it.each([
    ['a wildcard host', { rules: [{ host: '*.example.com' }] }],
    ['a rule without host', { rules: [{ http: {} }] }],
    ['no rules', {}],
    [
      'a default backend',
      {
        rules: [{ host: 'a.example.com' }],
        defaultBackend: { service: { name: 'a' } },
      },
    ],
  ])('an Ingress with %s is refused', (_what, spec) => {
    expect(
      verdict(chartObject('Ingress', 'networking.k8s.io/v1', { spec })),
    ).toMatch('FieldNotAllowed: redis: Ingress thing');
  });

  it('an Ingress that writes into the configuration of its controller is refused', () => {
    const annotations = {
      'nginx.ingress.kubernetes.io/server-snippet': 'return 200;',
    };
    const ingress = chartObject('Ingress', 'networking.k8s.io/v1', {
      metadata: { name: 'i', annotations },
      spec: { rules: [{ host: 'a.example.com' }] },
    });
    expect(verdict(ingress)).toMatch(
      'the annotation nginx.ingress.kubernetes.io/server-snippet reaches into',
    );
  });

  it('a Secret that Kubernetes would fill with a token is refused', () => {
    expect(
      verdict(
        chartObject('Secret', 'v1', {
          type: 'kubernetes.io/service-account-token',
        }),
      ),
    ).toMatch('FieldNotAllowed');
    expect(
      verdict(chartObject('Secret', 'v1', { type: 'understage.dev/release' })),
    ).toMatch('FieldNotAllowed');
    expect(verdict(chartObject('Secret', 'v1', { type: 'Opaque' }))).toBe(
      'accepted',
    );
  });

  it.each(['understage-deployer', 'default'])(
    "the service account %s is not the chart's to write",
    name => {
      expect(
        verdict({
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { name },
        }),
      ).toMatch('belongs to the namespace');
    },
  );

  it.each(['volumeName', 'selector', 'dataSource', 'dataSourceRef'])(
    'a claim with %s is refused',
    field => {
      const spec = { [field]: 'x' };
      expect(
        verdict(chartObject('PersistentVolumeClaim', 'v1', { spec })),
      ).toMatch(`spec.${field} is not allowed`);
      const set = chartObject('StatefulSet', 'apps/v1', {
        spec: { volumeClaimTemplates: [{ spec }] },
      });
      expect(verdict(set)).toMatch(
        `spec.volumeClaimTemplates[0].spec.${field} is not allowed`,
      );
    },
  );
});

describe('metadata', () => {
  it.each([
    [
      'finalizers',
      { finalizers: ['x/y'] },
      'metadata.finalizers is not allowed',
    ],
    [
      'ownerReferences',
      { ownerReferences: [{}] },
      'metadata.ownerReferences is not allowed',
    ],
    [
      'no name',
      { name: undefined, generateName: 'x-' },
      'it has no metadata.name',
    ],
    ['an empty name', { name: '' }, 'it has no metadata.name'],
  ])('%s is refused', (_what, metadata, sentence) => {
    expect(verdict(chartDeployment({}, metadata))).toMatch(sentence);
  });
});

describe('S21: hooks', () => {
  const hook = (value: string) =>
    chartDeployment(
      {},
      { name: 'hook', annotations: { 'helm.sh/hook': value } },
    );

  it.each([
    'pre-install',
    'post-upgrade',
    'pre-install,pre-upgrade',
    'crd-install',
    'test,post-install',
    'unheard-of',
  ])('%s is refused, with what to do', value => {
    expect(verdict(chartDeployment(), hook(value))).toBe(
      `HookNotAllowed: redis: Deployment hook: it is a Helm hook (${value
        .split(',')
        .join(
          ', ',
        )}), which the platform does not run. Turn it off in the chart's values, or make it a component of type Job.`,
    );
  });

  it.each(['test', 'test-success', 'test-failure', ' test '])(
    '%j is left out with a warning',
    value => {
      const checked = checkObjects([chartDeployment(), hook(value)]);
      expect(checked).toMatchObject({
        kind: 'accepted',
        warnings: [
          {
            reason: 'HookNotAllowed',
            message:
              'redis: Deployment hook of the chart was left out: the platform does not run `helm test`.',
          },
        ],
      });
      expect(checked.kind === 'accepted' && checked.objects).toHaveLength(1);
    },
  );
});
