import { recordAt, recordsAt } from '../../jsonValue';
import { renderApplication } from '../renderApplication';
import { applicationOf } from '../testing/applicationOf';
import { renderComponent } from '../testing/renderComponent';
import { resolveContext } from '../testing/resolveContext';

function kinds(fields: Readonly<Record<string, unknown>>): readonly string[] {
  return renderComponent(fields).objects.map(({ kind }) => kind);
}

describe('the service account', () => {
  it("is the component's own and mounts no token", () => {
    const { object, pod } = renderComponent();
    expect(object('ServiceAccount').automountServiceAccountToken).toBe(false);
    expect(pod).toMatchObject({
      serviceAccountName: 'shop-web',
      automountServiceAccountToken: false,
    });
  });
});

describe('files', () => {
  const file = (path: string, content = 'x') => ({ path, content });

  it('are keys of a ConfigMap, each mounted at its path', () => {
    const { object, pod, container } = renderComponent({
      files: [file('/etc/app/a.json', '{}'), file('/etc/app/b.json', '[]')],
    });
    expect(object('ConfigMap', 'shop-web-files').data).toEqual({
      'etc_app_a.json': '{}',
      'etc_app_b.json': '[]',
    });
    expect(pod.volumes).toContainEqual({
      name: 'understage-files',
      configMap: { name: 'shop-web-files' },
    });
    expect(container.volumeMounts).toContainEqual({
      name: 'understage-files',
      mountPath: '/etc/app/a.json',
      subPath: 'etc_app_a.json',
      readOnly: true,
    });
  });

  it('roll the pods when one changes, and only then', () => {
    const hash = (...files: object[]) =>
      renderComponent({ files }).podAnnotations['understage.dev/files-hash'];
    expect(hash(file('/a', 'one'))).toMatch(/^[0-9a-f]{16}$/);
    expect(hash(file('/a', 'one'))).toBe(hash(file('/a', 'one')));
    expect(hash(file('/a', 'one'))).not.toBe(hash(file('/a', 'two')));
    expect(hash(file('/a'), file('/b'))).toBe(hash(file('/b'), file('/a')));
  });

  it('whose paths look alike as keys stay apart', () => {
    const { object } = renderComponent({
      files: [
        file('/etc/a_b', '1'),
        file('/etc_a/b', '2'),
        file('/etc/a/b', '3'),
      ],
    });
    expect(Object.values(recordAt(object('ConfigMap'), 'data')).sort()).toEqual(
      ['1', '2', '3'],
    );
  });

  it('get keys that a ConfigMap takes, whatever their paths', () => {
    const paths = ['/größe/ü', `/${'x'.repeat(400)}`, '/a+b=c', '/...'];
    const { object } = renderComponent({
      files: paths.map(path => file(path)),
    });
    const keys = Object.keys(recordAt(object('ConfigMap'), 'data'));
    expect(keys).toHaveLength(paths.length);
    for (const key of keys) {
      expect(key).toMatch(/^[-._a-zA-Z0-9]{1,253}$/);
      expect(key).not.toMatch(/^\.\.?$/);
    }
  });

  it('that no ConfigMap could hold block the component with their size', () => {
    const files = [1, 2, 3, 4, 5].map(index =>
      file(`/${index}`, 'ü'.repeat(200_000)),
    );
    const application = applicationOf({
      components: [{ name: 'web', type: 'Deployment', image: 'web:1' }],
    });
    // The checks of the input refuse it too; a pinned release may be older than they are.
    const components = application.spec.components.map(component =>
      component.type === 'Deployment' ? { ...component, files } : component,
    );
    const large = { ...application, spec: { ...application.spec, components } };
    const desired = renderApplication(large, resolveContext());
    expect(desired.objects).toEqual([]);
    expect(desired.components[0].blocked).toEqual({
      reason: 'Invalid',
      message:
        'web: its files hold 2000000 bytes together; 1048576 fit. Put large files into the image or on a volume.',
    });
  });
});

describe('volumes', () => {
  const volumes = [
    { name: 'work', size: '1024Mi', mountPath: '/work', storageClass: 'fast' },
  ];

  it('of a Deployment are claims that stay, and one pod at a time', () => {
    const { object, pod, container, retained } = renderComponent({ volumes });
    expect(object('PersistentVolumeClaim').spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'fast',
      resources: { requests: { storage: '1Gi' } },
    });
    expect(retained).toEqual(['shop-web-work']);
    expect(pod.volumes).toContainEqual({
      name: 'work',
      persistentVolumeClaim: { claimName: 'shop-web-work' },
    });
    expect(container.volumeMounts).toContainEqual({
      name: 'work',
      mountPath: '/work',
    });
    expect(recordAt(object('Deployment'), 'spec').strategy).toEqual({
      type: 'Recreate',
    });
  });

  it('go with the application under `deletionPolicy: Delete`', () => {
    expect(
      renderComponent({ volumes }, { deletionPolicy: 'Delete' }).retained,
    ).toEqual([]);
    const set = renderComponent(
      { type: 'StatefulSet', volumes },
      { deletionPolicy: 'Delete' },
    );
    expect(
      recordAt(set.object('StatefulSet'), 'spec')
        .persistentVolumeClaimRetentionPolicy,
    ).toEqual({ whenDeleted: 'Delete', whenScaled: 'Retain' });
  });

  it('of a StatefulSet are claimed by each replica, under labels that never change', () => {
    const { object, objects } = renderComponent({
      type: 'StatefulSet',
      volumes,
    });
    expect(objects.map(({ kind }) => kind)).not.toContain(
      'PersistentVolumeClaim',
    );
    const spec = recordAt(object('StatefulSet'), 'spec');
    expect(spec.volumeClaimTemplates).toMatchObject([
      {
        metadata: {
          name: 'work',
          labels: {
            'understage.dev/application': 'shop',
            'understage.dev/component': 'web',
          },
        },
      },
    ]);
    expect(spec.persistentVolumeClaimRetentionPolicy).toEqual({
      whenDeleted: 'Retain',
      whenScaled: 'Retain',
    });
  });

  it("are writable for the container's user", () => {
    expect(renderComponent({ volumes }).pod.securityContext).toMatchObject({
      fsGroup: 65532,
      fsGroupChangePolicy: 'OnRootMismatch',
    });
    expect(renderComponent().pod.securityContext).not.toHaveProperty('fsGroup');
  });
});

describe('/tmp', () => {
  const mounts = (fields: object) =>
    recordsAt(renderComponent({ ...fields }).container, 'volumeMounts').map(
      ({ mountPath }) => mountPath,
    );

  it('is writable although the root file system is not', () => {
    expect(renderComponent().pod.volumes).toEqual([
      { name: 'understage-tmp', emptyDir: {} },
    ]);
    expect(mounts({})).toEqual(['/tmp']);
  });

  it('is left alone where the root file system is writable, or a volume is mounted there', () => {
    expect(mounts({ readOnlyRootFilesystem: false })).toEqual([]);
    expect(
      mounts({ volumes: [{ name: 'tmp', size: '1Gi', mountPath: '/tmp' }] }),
    ).toEqual(['/tmp']);
  });
});

describe('the disruption budget', () => {
  it.each([
    ['Deployment', 3, true],
    ['StatefulSet', 2, true],
    ['Deployment', 1, false],
    ['Deployment', 0, false],
  ])('of a %s with %i replicas', (type, replicas, rendered) => {
    expect(kinds({ type, replicas }).includes('PodDisruptionBudget')).toBe(
      rendered,
    );
  });

  it('lets one replica go at a time, or as many as it is told', () => {
    const budget = (availability?: object) =>
      renderComponent({
        replicas: 3,
        ...(availability ? { availability } : {}),
      }).object('PodDisruptionBudget').spec;
    expect(budget()).toMatchObject({
      maxUnavailable: 1,
      selector: { matchLabels: { 'understage.dev/component': 'web' } },
    });
    expect(budget({ maxUnavailable: 2 })).toMatchObject({ maxUnavailable: 2 });
  });
});

describe('expose', () => {
  const exposed = {
    ports: [{ port: 8080 }],
    expose: { host: 'a.example.com' },
  };

  it('is an Ingress with TLS to the first port', () => {
    const platform = {
      expose: { kind: 'Ingress' as const, ingressClassName: 'public' },
    };
    expect(
      renderComponent(exposed, { context: { platform } }).object('Ingress')
        .spec,
    ).toEqual({
      ingressClassName: 'public',
      tls: [{ hosts: ['a.example.com'], secretName: 'shop-web-tls' }],
      rules: [
        {
          host: 'a.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: {
                  service: { name: 'shop-web', port: { number: 8080 } },
                },
              },
            ],
          },
        },
      ],
    });
  });

  it('goes without TLS when told so, and leaves the class to the cluster', () => {
    const { spec } = renderComponent({
      ...exposed,
      expose: { host: 'a.example.com', path: '/x', tls: false },
    }).object('Ingress');
    expect(Object.keys(recordAt(spec))).toEqual(['rules']);
  });

  it("is a route to the platform's gateway where it has one", () => {
    const platform = {
      expose: {
        kind: 'HTTPRoute' as const,
        gateway: { namespace: 'gateways', name: 'public' },
      },
    };
    expect(
      renderComponent(exposed, { context: { platform } }).object('HTTPRoute')
        .spec,
    ).toEqual({
      parentRefs: [{ namespace: 'gateways', name: 'public' }],
      hostnames: ['a.example.com'],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: '/' } }],
          backendRefs: [{ name: 'shop-web', port: 8080 }],
        },
      ],
    });
  });
});

describe('metrics', () => {
  it('are announced on the pods', () => {
    expect(
      renderComponent({ ports: [{ port: 9090 }], metrics: { port: 9090 } })
        .podAnnotations,
    ).toEqual({
      'prometheus.io/scrape': 'true',
      'prometheus.io/port': '9090',
      'prometheus.io/path': '/metrics',
    });
  });
});
