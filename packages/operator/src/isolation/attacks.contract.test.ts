import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { waitFor } from '../__testUtils__/waitFor';
import { apply, refusersOf } from './__testUtils__/attack';
import { attacks, uses } from './__testUtils__/attacks';
import {
  createIsolationWorld,
  IsolationWorld,
  repositoryFile,
} from './__testUtils__/createIsolationWorld';
import { policies } from './__testUtils__/policies';
import { verdictOf } from './__testUtils__/verdict';

const networkPolicySchema = z.looseObject({
  apiVersion: z.string(),
  kind: z.literal('NetworkPolicy'),
  metadata: z.looseObject({ name: z.string() }),
});

let world: IsolationWorld;
beforeAll(async () => {
  world = await createIsolationWorld();
}, 180_000);
afterAll(() => world?.stop(), 60_000);

describe.each(Object.entries(attacks))('%s', (_, each) => {
  it.each(each)('$id: $title', async attack => {
    const answer = await world.attempt(attack.as, attack.request);
    const verdict = verdictOf(answer);
    const refusers = refusersOf(attack);
    // The server's own words are shown when somebody else says no.
    expect({ verdict, words: answer.message }).toEqual({
      verdict: refusers.includes(verdict) ? verdict : refusers,
      words: expect.any(String),
    });
  });
});

describe('what tenants and platform need goes on working', () => {
  it.each(uses)('$title', async use => {
    const answer = await world.attempt(use.as, use.request);
    expect(answer).toMatchObject({ message: '' });
    expect(answer.status).toBeLessThan(300);
  });
});

const root =
  '/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies';

const checkedSchema = z.object({
  metadata: z.object({ name: z.string(), generation: z.number() }),
  status: z.object({
    observedGeneration: z.number(),
    typeChecking: z.object({
      expressionWarnings: z
        .array(z.object({ fieldRef: z.string(), warning: z.string() }))
        .optional(),
    }),
  }),
});

/** What the API server's controller thinks of the types in a policy, once it has looked. */
async function warningsOf(name: string) {
  return waitFor(`the types of ${name} to be checked`, async () => {
    const { body } = await world.act('admin', {
      method: 'GET',
      path: `${root}/${name}`,
    });
    const { metadata, status } = checkedSchema.parse(body);
    return status.observedGeneration === metadata.generation
      ? status.typeChecking.expressionWarnings ?? []
      : undefined;
  });
}

describe('the policies', () => {
  it.each(policies)('$metadata.name type-checks', async ({ metadata }) => {
    expect(await warningsOf(metadata.name)).toEqual([]);
  });

  it('would be told to have a wrong type', async () => {
    await world.act('admin', {
      method: 'POST',
      path: root,
      body: {
        apiVersion: 'admissionregistration.k8s.io/v1',
        kind: 'ValidatingAdmissionPolicy',
        metadata: { name: 'mistaken' },
        spec: {
          matchConstraints: {
            resourceRules: [
              {
                apiGroups: [''],
                apiVersions: ['v1'],
                operations: ['CREATE'],
                resources: ['services'],
              },
            ],
          },
          validations: [{ expression: 'object.spec.replicas > 1' }],
        },
      },
    });
    expect(await warningsOf('mistaken')).toHaveLength(1);
  });
});

const golden = repositoryFile(
  'plugins/paas-common/src/domain/rendering/__golden__',
);
const rendered = readdirSync(golden).flatMap(application =>
  parseAllDocuments(
    readFileSync(path.join(golden, application, 'objects.yaml'), 'utf8'),
  ).flatMap(document => {
    const { data } = networkPolicySchema.safeParse(document.toJS());
    return data ? [{ application, name: data.metadata.name, data }] : [];
  }),
);

describe('network policies as our own renderer writes them', () => {
  it('are found', () => {
    expect(rendered.length).toBeGreaterThan(10);
    expect(JSON.stringify(rendered)).toContain('ipBlock');
  });

  it.each(rendered)('are let in: $name of $application', async ({ data }) => {
    const metadata = { ...data.metadata, namespace: 'shop' };
    const request = apply({ ...data, metadata });
    expect(await world.attempt('deployer', request)).toMatchObject({
      message: '',
    });
  });
});
