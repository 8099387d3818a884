import { waitFor } from '../__testUtils__/waitFor';
import { Attack, refusersOf } from './__testUtils__/attack';
import { attacks } from './__testUtils__/attacks';
import {
  createIsolationWorld,
  IsolationWorld,
} from './__testUtils__/createIsolationWorld';
import {
  bindingPath,
  bindings,
  policies,
  Policy,
  policyPath,
} from './__testUtils__/policies';
import { verdictOf } from './__testUtils__/verdict';

/**
 * The API server itself drops these fields before any policy sees them, as long as their feature is off. The rule is for
 * clusters where it is on.
 */
const droppedByTheServer = ['understage-claims, rule 4'];

const titleOf = ({ id, title }: Attack) => `${id}: ${title}`;

/** Attacks that nothing else answers: where two policies refuse, taking one away is not seen. */
const answeredBy = ({ metadata }: Policy): readonly Attack[] =>
  Object.values(attacks)
    .flat()
    .filter(({ refused }) => refused === `policy ${metadata.name}`);

/** A way to weaken a policy. */
interface Mutation {
  readonly policy: Policy;
  /** `POLICY`, or `POLICY, rule 1`. */
  readonly what: string;
  weaken(): Promise<unknown>;
  restore(): Promise<unknown>;
}

let world: IsolationWorld;

function withoutBinding(policy: Policy): Mutation {
  const { name } = policy.metadata;
  const binding = bindings.find(({ spec }) => spec.policyName === name);
  return {
    policy,
    what: name,
    weaken: () =>
      world.act('admin', { method: 'DELETE', path: bindingPath(name) }),
    restore: () =>
      world.act('admin', {
        method: 'POST',
        path: bindingPath(),
        body: binding,
      }),
  };
}

function withoutRule(policy: Policy, at: number): Mutation {
  const { name } = policy.metadata;
  const put = (value: string) =>
    world.act('admin', {
      method: 'PATCH',
      path: policyPath(name),
      patch: 'json',
      body: [
        { op: 'replace', path: `/spec/validations/${at}/expression`, value },
      ],
    });
  return {
    policy,
    what: `${name}, rule ${at + 1}`,
    weaken: () => put('true'),
    restore: () => put(policy.spec.validations[at].expression),
  };
}

/** Attacks of a policy that are no longer refused by it. */
async function successesOf({ policy }: Mutation): Promise<readonly string[]> {
  const tried = await Promise.all(
    answeredBy(policy).map(async attack => {
      const answer = await world.attempt(attack.as, attack.request);
      const held = refusersOf(attack).includes(verdictOf(answer));
      return held ? [] : [titleOf(attack)];
    }),
  );
  return tried.flat();
}

const expected = ({ what }: Mutation) => !droppedByTheServer.includes(what);

/**
 * Weakens at most one thing of each policy at a time, which no attack on another policy notices. The API server takes up to
 * a second to follow; one round for all of them takes that once.
 */
async function runRound(
  round: readonly Mutation[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>();
  const look = async () => {
    for (const each of round) found.set(each.what, await successesOf(each));
    return round.filter(({ what }) => found.get(what)?.length);
  };
  await Promise.all(round.map(({ weaken }) => weaken()));
  await waitFor(
    'attacks to succeed',
    async () =>
      (await look()).length >= round.filter(expected).length ? true : undefined,
    5_000,
  ).catch(() => undefined);
  const result = new Map(found);
  await Promise.all(round.map(({ restore }) => restore()));
  await waitFor('attacks to be refused again', async () =>
    (await look()).length === 0 ? true : undefined,
  );
  return result;
}

const most = Math.max(...policies.map(({ spec }) => spec.validations.length));
const rounds: readonly (readonly Mutation[])[] = [
  policies.map(withoutBinding),
  ...Array.from({ length: most }, (_, at) =>
    policies
      .filter(({ spec }) => at < spec.validations.length)
      .map(policy => withoutRule(policy, at)),
  ),
];

const successes = new Map<string, readonly string[]>();
beforeAll(async () => {
  world = await createIsolationWorld();
  for (const round of rounds) {
    (await runRound(round)).forEach((found, what) =>
      successes.set(what, found),
    );
  }
}, 300_000);
afterAll(() => world?.stop(), 60_000);

describe('a policy whose binding is gone', () => {
  it.each(policies.map(policy => ({ policy, of: policy.metadata.name })))(
    '$of lets every attack through that it answers',
    ({ policy, of }) => {
      const answered = answeredBy(policy).map(titleOf);
      expect(answered.length).toBeGreaterThan(0);
      expect(successes.get(of)).toEqual(answered);
    },
  );
});

describe('a policy without one of its rules', () => {
  const rules = rounds.slice(1).flat();

  it.each(rules.filter(expected))(
    '$what lets an attack through',
    ({ what }) => {
      expect(successes.get(what)).not.toEqual([]);
    },
  );

  it.each(rules.filter(each => !expected(each)))(
    '$what is about a field that the API server drops',
    async () => {
      const { status, body } = await world.attempt('deployer', {
        method: 'POST',
        path: '/api/v1/namespaces/shop/persistentvolumeclaims',
        body: {
          apiVersion: 'v1',
          kind: 'PersistentVolumeClaim',
          metadata: { name: 'attack' },
          spec: {
            accessModes: ['ReadWriteOnce'],
            storageClassName: 'standard',
            resources: { requests: { storage: '1Gi' } },
            dataSourceRef: {
              kind: 'PersistentVolumeClaim',
              name: 'secret',
              namespace: 'data',
            },
          },
        },
      });
      expect(status).toBe(201);
      expect(JSON.stringify(body.spec)).not.toContain('"data"');
    },
  );
});
