import { KubeError, KubeReader, ResourceType } from '@understage/kube';
import { TenantCheck } from '@understage/plugin-paas-common';

const type = (kind: string): ResourceType => ({
  group: 'admissionregistration.k8s.io',
  version: 'v1',
  kind,
  plural:
    kind === 'ValidatingAdmissionPolicy'
      ? 'validatingadmissionpolicies'
      : 'validatingadmissionpolicybindings',
  namespaced: false,
});

/** What deploy/admission.yaml holds; a test compares. */
export const admissionPolicies: readonly string[] = [
  'understage-accounts',
  'understage-bundles',
  'understage-claims',
  'understage-http-routes',
  'understage-ingresses',
  'understage-network-policies',
  'understage-pods',
  'understage-probe-pods',
  'understage-provisioner',
  'understage-provisioner-bindings',
  'understage-provisioner-roles',
  'understage-roles',
  'understage-services',
  'understage-tenant-namespaces',
  'understage-tenant-status',
  'understage-tenants',
  'understage-token-secrets',
  'understage-tokens',
  'understage-volumes',
];

const ours = 'app.kubernetes.io/part-of=understage';
const unread = 'Whether the admission policies are there could not be read';
const install = 'Install deploy/admission.yaml of Understage.';

function policyNameOf(spec: unknown): unknown {
  return typeof spec === 'object' && spec !== null
    ? Reflect.get(spec, 'policyName')
    : undefined;
}

/**
 * Why the admission policies of Understage can not be in force, as far as their presence tells: a sentence, or undefined
 * when they are all there and bound. What a policy really refuses, only trying tells.
 */
export async function admissionTrouble(
  reader: KubeReader,
): Promise<string | undefined> {
  const names = async (kind: string, name: (object: object) => unknown) => {
    const { items } = await reader.list(type(kind), { labelSelector: ours });
    return items.map(name).filter(each => typeof each === 'string');
  };
  try {
    const policies = await names('ValidatingAdmissionPolicy', object =>
      Reflect.get(Reflect.get(object, 'metadata'), 'name'),
    );
    const bound = new Set(
      await names('ValidatingAdmissionPolicyBinding', object =>
        policyNameOf(Reflect.get(object, 'spec')),
      ),
    );
    if (policies.length === 0)
      return `The cluster has none of the admission policies. ${install}`;
    const missing = admissionPolicies.filter(name => !policies.includes(name));
    if (missing.length > 0)
      return `These admission policies are missing: ${missing.join(
        ', ',
      )}. ${install}`;
    const loose = admissionPolicies.filter(name => !bound.has(name));
    return loose.length === 0
      ? undefined
      : `These admission policies are not bound: ${loose.join(
          ', ',
        )}. ${install}`;
  } catch (error) {
    if (error instanceof KubeError && error.status === 404)
      return 'This API server does not serve ValidatingAdmissionPolicies (Kubernetes 1.30 and later do).';
    const why = error instanceof KubeError ? error.why : String(error);
    return `${unread}: ${why}`;
  }
}

/**
 * The trouble as a check of its own: not every policy can be tried as an account of an environment (the provisioner's own
 * limits, Tenants, namespaces), but each of them has to be there.
 */
export function admissionCheck(trouble: string | undefined): TenantCheck {
  const failed = trouble?.startsWith(unread) ? 'unknown' : 'notEnforced';
  return {
    id: 'admission-policies-in-force',
    dimension: 'identity',
    title: 'A change meets no admission policy, because one is not in force.',
    result: trouble === undefined ? 'enforced' : failed,
    by: 'admissionPolicy',
    evidence:
      trouble ??
      `All ${admissionPolicies.length} policies of deploy/admission.yaml are there and bound.`,
  };
}
