import {
  allowedKinds,
  apiVersionOf,
  compareByOrder,
  deployerPolicyRules,
  kindOf,
  releaseKind,
  splitApiVersion,
} from './kinds';

describe('allowedKinds', () => {
  it('come in the order of application: what is mounted and called before what runs', () => {
    expect(allowedKinds.map(({ kind }) => kind)).toEqual([
      'ServiceAccount',
      'Secret',
      'ConfigMap',
      'PersistentVolumeClaim',
      'Service',
      'NetworkPolicy',
      'Ingress',
      'HTTPRoute',
      'PodDisruptionBudget',
      'Deployment',
      'StatefulSet',
      'DaemonSet',
      'Job',
      'CronJob',
      'HorizontalPodAutoscaler',
    ]);
    expect(allowedKinds.map(({ order }) => order)).toEqual(
      allowedKinds.map((_kind, index) => index),
    );
  });

  it('hold nothing that reaches beyond a namespace or grants rights', () => {
    const names = allowedKinds.map(({ kind }) => kind);
    for (const kind of [
      'Namespace',
      'ClusterRole',
      'ClusterRoleBinding',
      'Role',
      'RoleBinding',
      'CustomResourceDefinition',
      'PersistentVolume',
      'StorageClass',
      'MutatingWebhookConfiguration',
      'ValidatingWebhookConfiguration',
      'APIService',
      'Node',
      'Pod',
      'ResourceQuota',
      'LimitRange',
      'List',
    ]) {
      expect(names).not.toContain(kind);
    }
    expect(allowedKinds.every(({ namespaced }) => namespaced)).toBe(true);
  });

  it('watch everything but secrets, and expect no add-on', () => {
    expect(
      allowedKinds.filter(({ watched }) => !watched).map(({ kind }) => kind),
    ).toEqual(['Secret']);
    expect(
      allowedKinds.filter(({ optional }) => optional).map(({ kind }) => kind),
    ).toEqual(['HTTPRoute']);
  });
});

describe('kindOf', () => {
  it('finds a kind in its version, and releases', () => {
    expect(kindOf('apps/v1', 'Deployment')).toMatchObject({
      plural: 'deployments',
      role: 'workload',
    });
    expect(kindOf('v1', 'Service')).toMatchObject({
      group: '',
      plural: 'services',
    });
    expect(kindOf('apps/v1', 'ControllerRevision')).toBe(releaseKind);
  });

  it.each([
    ['apps/v1beta1', 'Deployment'],
    ['v1', 'Deployment'],
    ['apps/v1', 'Service'],
    ['', 'Service'],
    ['v1', ''],
    ['v1', 'service'],
    ['v1', 'constructor'],
    ['rbac.authorization.k8s.io/v1', 'Role'],
  ])('does not know %s %s', (apiVersion, kind) => {
    expect(kindOf(apiVersion, kind)).toBeUndefined();
  });

  it('finds each kind by the apiVersion that its objects carry', () => {
    for (const entry of allowedKinds) {
      expect(kindOf(apiVersionOf(entry), entry.kind)).toBe(entry);
      expect(splitApiVersion(apiVersionOf(entry))).toEqual({
        group: entry.group,
        version: entry.version,
      });
    }
  });
});

describe('compareByOrder', () => {
  const ref = (apiVersion: string, kind: string, name = 'a') => ({
    apiVersion,
    kind,
    name,
  });

  it('sorts by kind, then by name, and unknown kinds last', () => {
    const refs = [
      ref('x/v1', 'Other'),
      ref('apps/v1', 'Deployment'),
      ref('v1', 'Service', 'b'),
      ref('v1', 'Service', 'a'),
      ref('v1', 'ServiceAccount'),
    ];
    expect(
      refs.sort(compareByOrder).map(({ kind, name }) => `${kind} ${name}`),
    ).toEqual([
      'ServiceAccount a',
      'Service a',
      'Service b',
      'Deployment a',
      'Other a',
    ]);
  });

  it('does not depend on the language of the machine', () => {
    const names = ['b', 'B', 'a', 'ä'].map(name => ref('v1', 'Service', name));
    expect(names.sort(compareByOrder).map(({ name }) => name)).toEqual([
      'B',
      'a',
      'b',
      'ä',
    ]);
  });
});

describe('deployerPolicyRules', () => {
  it('allow exactly the kinds that are rendered, and releases', () => {
    const allowed = deployerPolicyRules().flatMap(({ apiGroups, resources }) =>
      apiGroups.flatMap(group =>
        resources.map(resource => `${resource}.${group}`),
      ),
    );
    expect(allowed.sort()).toEqual(
      [...allowedKinds, releaseKind]
        .map(({ group, plural }) => `${plural}.${group}`)
        .sort(),
    );
  });

  it('never use a wildcard, and no verb that grants, impersonates or deletes by the dozen', () => {
    for (const rule of deployerPolicyRules()) {
      expect(rule.verbs).toEqual(['get', 'list', 'create', 'patch', 'delete']);
      expect([...rule.apiGroups, ...rule.resources].join()).not.toContain('*');
    }
  });
});
