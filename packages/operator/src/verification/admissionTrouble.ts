import { KubeError, KubeReader, ResourceType } from '@understage/kube';

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

const ours = 'app.kubernetes.io/part-of=understage';
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
    const loose = policies.filter(name => !bound.has(name)).sort();
    return loose.length === 0
      ? undefined
      : `These admission policies are not bound: ${loose.join(
          ', ',
        )}. ${install}`;
  } catch (error) {
    if (error instanceof KubeError && error.status === 404)
      return 'This API server does not serve ValidatingAdmissionPolicies (Kubernetes 1.30 and later do).';
    const why = error instanceof KubeError ? error.why : String(error);
    return `Whether the admission policies are there could not be read: ${why}`;
  }
}
