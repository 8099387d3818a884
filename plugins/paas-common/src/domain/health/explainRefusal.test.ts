import { explainRefusal } from './explainRefusal';

describe('a refusal of the API server in our words', () => {
  it.each([
    [
      'pods "web-x" is forbidden: exceeded quota: compute, requested: limits.cpu=2,limits.memory=4Gi, used: limits.cpu=7,limits.memory=10Gi, limited: limits.cpu=8,limits.memory=12Gi',
      'QuotaExceeded',
      'the quota compute of the namespace is used up: limits.cpu 2 asked for, 7 of 8 used; limits.memory 4Gi asked for, 10Gi of 12Gi used',
    ],
    [
      'pods "web-x" is forbidden: failed quota: compute: must specify limits.cpu for: app; limits.memory for: app',
      'QuotaExceeded',
      'the quota compute counts resources that are not declared: set limits.cpu for: app; limits.memory for: app',
    ],
    [
      'pods "web-x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false',
      'AdmissionRefused',
      "pods do not meet the namespace's pod security standard restricted: allowPrivilegeEscalation != false",
    ],
    [
      'admission webhook "policy.example.com" denied the request: images must come from our registry',
      'AdmissionRefused',
      'the admission webhook policy.example.com refused: images must come from our registry',
    ],
    [
      `deployments.apps "web" is forbidden: ValidatingAdmissionPolicy 'no-latest' with binding 'all' denied request: tag latest is not allowed`,
      'AdmissionRefused',
      'the policy no-latest refused: tag latest is not allowed',
    ],
    [
      'pods "x" is forbidden: maximum memory usage per Container is 1Gi, but limit is 4Gi',
      'AdmissionRefused',
      "the namespace's limit range refused: maximum memory usage per Container is 1Gi, but limit is 4Gi",
    ],
    [
      'pods "x" is forbidden: error looking up service account shop/nobody: serviceaccount "nobody" not found',
      'ContainerConfigInvalid',
      'the service account nobody does not exist',
    ],
  ])('%s', (message, reason, expected) => {
    expect(explainRefusal(message)).toEqual({ reason, message: expected });
  });

  it('does not explain what it does not know', () => {
    expect(explainRefusal('the moon is in the wrong phase')).toBeUndefined();
  });
});
