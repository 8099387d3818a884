import {
  admissionObjects,
  admissionText,
  bindings,
  policies,
} from './__testUtils__/policies';

describe('deploy/admission.yaml', () => {
  it('holds policies and their bindings, and nothing else', () => {
    expect(policies.length).toBeGreaterThan(15);
    expect(policies.length + bindings.length).toBe(admissionObjects);
  });

  it.each(policies)('$metadata.name is bound, and refuses', ({ metadata }) => {
    expect(
      bindings.filter(({ spec }) => spec.policyName === metadata.name),
    ).toMatchObject([
      {
        metadata: { name: metadata.name },
        spec: { validationActions: ['Deny'] },
      },
    ]);
  });

  it.each(policies)(
    'S32: $metadata.name refuses when it can not tell',
    policy => {
      expect(policy.spec.failurePolicy).toBe('Fail');
    },
  );

  it.each(policies)(
    '$metadata.name answers like a lack of rights, in sentences',
    ({ spec }) => {
      for (const { reason, message } of spec.validations) {
        expect(reason).toBe('Forbidden');
        expect(message).toMatch(/^[A-Z].*\.$/);
      }
    },
  );

  it.each(policies)('$metadata.name says why it is there', ({ metadata }) => {
    const [before] = admissionText.split(`\n  name: ${metadata.name}\n`);
    const document = before.slice(before.lastIndexOf('\n---\n') + 1);
    expect(document).toMatch(/^# (10|\d)\. [A-Z]/m);
  });

  it('goes from the first to the tenth rule', () => {
    const numbers = [...admissionText.matchAll(/^# (\d+)\. /gm)].map(match =>
      Number(match[1]),
    );
    expect([...new Set(numbers)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
  });
});
