import { people, Person, startRealApi } from '../__testUtils__/startRealApi';

const ref = { cluster: 'playground', namespace: 'shop', name: 'agent-made' };
const application = `apiVersion: paas/v1
kind: Application
metadata:
  name: agent-made
spec:
  components:
    - name: web
      type: Deployment
      image: registry.example.com/shop/web:1.4.2
`;
const file = { cluster: 'playground', namespace: 'shop', application };

/** What agents do reaches a real API server, as the person: the portal's policy allows everything here, RBAC decides. */
describe('actions on a real cluster', () => {
  let api: Awaited<ReturnType<typeof startRealApi>>;
  beforeAll(async () => {
    api = await startRealApi();
  }, 120_000);
  afterAll(() => api?.stop());

  const use = (as: Person, action: string, input: object) =>
    api
      .send(as, 'post', `/.backstage/actions/v1/actions/paas:${action}/invoke`)
      .send(input);
  const answerOf = async (as: Person, action: string, input: object) => {
    const { body, status } = await use(as, action, input);
    return status === 200 ? body.output.answer : { status, body };
  };
  const stored = async () => {
    const kind = 'applications.paas.understage.dev';
    const names = ['get', kind, '-n', 'shop', '-o', 'name'];
    return `${await api.playground.kubectl(names)}`;
  };

  it('plan, and write nothing', async () => {
    const plan = await answerOf(people.grace, 'plan-application', file);
    expect(plan).toMatchObject({
      kind: 'planned',
      summary: expect.stringContaining('to create'),
    });
    expect(await stored()).not.toContain('agent-made');
  });

  it('write nothing for whom the cluster refuses, whatever the portal allows', async () => {
    for (const person of [people.linus, people.mallory]) {
      const { status } = await use(person, 'apply-application', file);
      expect(status).toBe(403);
    }
    expect(await stored()).not.toContain('agent-made');
  });

  it('apply as the person, and once when they are asked twice', async () => {
    const apply = () => answerOf(people.grace, 'apply-application', file);
    expect(await apply()).toMatchObject({ kind: 'applied', changed: true });
    expect(await stored()).toContain('agent-made');
    expect(await apply()).toMatchObject({ kind: 'applied', changed: false });
  });

  it('delete what they made, and nothing for others', async () => {
    const found = async () => {
      const { status } = await use(people.grace, 'get-application', ref);
      return status === 200;
    };
    while (!(await found())) await new Promise(setImmediate);
    const refused = await use(people.linus, 'delete-application', ref);
    expect(refused.status).toBe(403);
    expect(await answerOf(people.grace, 'delete-application', ref)).toEqual({
      changed: true,
    });
  });
});
