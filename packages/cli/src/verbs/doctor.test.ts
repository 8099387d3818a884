import { InMemoryKube, KubeError, KubeObject } from '@understage/kube';
import { tenantType } from '@understage/plugin-paas-node';
import { namespaces } from '../cluster/resourceTypes';
import { clusterWith, createTestWorld } from '../testing/createTestWorld';
import { shopNamespace } from '../testing/fixtures';

describe('doctor', () => {
  const lease = (renewTime: string): KubeObject => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    metadata: { name: 'understage-operator', namespace: 'understage-system' },
    spec: { holderIdentity: 'operator-1', renewTime, leaseDurationSeconds: 15 },
  });
  const account: KubeObject = {
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name: 'understage-deployer', namespace: 'shop' },
  };
  const binding: KubeObject = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'understage-deployer', namespace: 'shop' },
    roleRef: { kind: 'ClusterRole', name: 'understage-deployer' },
    subjects: [
      {
        kind: 'ServiceAccount',
        name: 'understage-deployer',
        namespace: 'shop',
      },
    ],
  };

  it('finds everything in place', async () => {
    const cluster = clusterWith(
      shopNamespace,
      lease('2026-11-23T09:59:55Z'),
      account,
      binding,
    );
    const { code, out } = await createTestWorld({ cluster }).run('doctor');
    expect(out).not.toContain('problem');
    expect(out).toContain('operator-1 leads');
    expect(out).toContain('belongs to tenant retail');
    expect(code).toBe(0);
  });

  it('says what is missing, and whose it is to mend', async () => {
    const cluster = clusterWith(lease('2026-11-23T09:00:00Z'), account);
    const { code, out } = await createTestWorld({ cluster }).run('doctor');
    expect(code).toBe(2);
    expect(out).toMatch(
      /problem +operator +No operator leads: the lease was renewed 1h ago, by operator-1/,
    );
    expect(out).toMatch(/problem +namespace +There is no namespace shop/);
    expect(out).toMatch(/problem +deployer +.*is bound to no role/);
  });

  it.each([
    ['Ready', /ok +tenant +retail is Ready: All is well/],
    ['Degraded', /problem +tenant +retail is Degraded: All is well/],
  ])(
    'passes on what the operator says of the tenant: %s',
    async (state, line) => {
      const cluster = clusterWith(shopNamespace);
      cluster.seed(tenantType, {
        apiVersion: 'paas.understage.dev/v1',
        kind: 'Tenant',
        metadata: { name: 'retail' },
        spec: { owner: 'team-shop', environments: [{ name: 'production' }] },
        status: {
          observedGeneration: 1,
          state,
          message: 'All is well.',
          environments: [],
          conditions: [],
        },
      });
      const { out } = await createTestWorld({ cluster }).run('doctor');
      expect(out).toMatch(line);
    },
  );

  it('says that nothing is verified without a Tenant', async () => {
    const cluster = clusterWith(shopNamespace);
    const { out } = await createTestWorld({ cluster }).run('doctor');
    expect(out).toMatch(/unknown +tenant +There is no Tenant retail/);
  });

  it('calls unknown what it may not look at', async () => {
    const cluster = new InMemoryKube({
      allow: ({ type }) => type !== namespaces,
    });
    const { out } = await createTestWorld({ cluster }).run('doctor');
    expect(out).toMatch(/unknown +namespace/);
  });

  it('says that charts can not be rendered without helm', async () => {
    const { out } = await createTestWorld({ helm: false }).run('doctor');
    expect(out).toMatch(/problem +charts +There is no helm on this machine/);
  });

  it('stops at a cluster that does not answer', async () => {
    const cluster = new InMemoryKube({
      fault: () => {
        throw new KubeError('the connection was refused');
      },
    });
    const { code, out } = await createTestWorld({ cluster }).run('doctor');
    expect(code).toBe(3);
    expect(out).toMatch(/problem +cluster +.*refused/);
    expect(out).toMatch(/skipped +operator/);
  });
});
