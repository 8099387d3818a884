import { classifyRefusal } from './classifyRefusal';

const ref = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'shop-web',
};

describe('an object that the API server did not take', () => {
  it.each([
    [
      'deployments.apps "shop-web" is forbidden: exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=5, limited: count/deployments.apps=5',
      'QuotaExceeded',
      'the quota q of the namespace is used up: count/deployments.apps 1 asked for, 5 of 5 used.',
    ],
    [
      'deployments.apps "shop-web" is forbidden: User "system:serviceaccount:shop:understage-deployer" cannot patch resource "deployments" in API group "apps" in the namespace "shop"',
      'NoDeployer',
      'the service account understage-deployer of namespace shop does not exist or may not patch deployments; the platform team prepares namespaces.',
    ],
    [
      'serviceaccounts "understage-deployer" is forbidden: User "understage" cannot impersonate resource "serviceaccounts" in API group "" in the namespace "shop"',
      'NoDeployer',
      'Understage may not act as understage-deployer of this namespace; the platform team prepares namespaces.',
    ],
    [
      "deployments.apps \"shop-web\" is forbidden: ValidatingAdmissionPolicy 'replicas' with binding 'all' denied request: at most 5",
      'AdmissionRefused',
      'the policy replicas refused: at most 5.',
    ],
    [
      'deployments.apps "shop-web" is forbidden: unable to create new content in namespace shop because it is being terminated',
      'Deleting',
      'the namespace is being deleted.',
    ],
    [
      'persistentvolumeclaims "x" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
      'ImmutableField',
      'its storage class does not let volumes grow; ask for the former size, or move the data to a new volume under another name.',
    ],
    ['you shall not pass.', 'Forbidden', 'you shall not pass.'],
  ])('forbidden: %s', (message, reason, expected) => {
    expect(classifyRefusal(ref, { kind: 'forbidden', message })).toEqual({
      reason,
      message: `Deployment shop-web was not written: ${expected}`,
    });
  });

  it.each([
    ['spec.selector: Invalid value: {}: field is immutable', 'ImmutableField'],
    [
      "spec: Forbidden: updates to statefulset spec for fields other than 'replicas' are forbidden",
      'ImmutableField',
    ],
    [
      'admission webhook "x.example.com" denied the request: no',
      'AdmissionRefused',
    ],
    [
      'spec.template.spec.containers[0].image: Required value',
      'AdmissionRefused',
    ],
  ])('invalid: %s', (message, reason) => {
    const outcome = { kind: 'invalid', message, fields: [] } as const;
    expect(classifyRefusal(ref, outcome).reason).toBe(reason);
  });

  it('names the field manager that owns a field', () => {
    expect(
      classifyRefusal(ref, {
        kind: 'conflict',
        message: 'Apply failed with 1 conflict: .spec.replicas',
        managers: ['kubectl', 'argocd'],
      }),
    ).toEqual({
      reason: 'FieldConflict',
      message:
        'Deployment shop-web was not written: field manager kubectl, argocd owns a field that we have to set (Apply failed with 1 conflict: .spec.replicas).',
    });
  });

  it.each([
    ['namespaces "shop" not found', 'NoDeployer'],
    ['the server could not find the requested resource', 'ApplyFailed'],
  ])('missing: %s', (message, reason) => {
    expect(classifyRefusal(ref, { kind: 'missing', message }).reason).toBe(
      reason,
    );
  });
});
