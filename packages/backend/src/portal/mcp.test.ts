import mcpPlugin from '@backstage/plugin-mcp-actions-backend';
import fs from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { people, Person } from './__testUtils__/expected';
import { startWorld } from './__testUtils__/world';

type World = Awaited<ReturnType<typeof startWorld>>;

interface Tool {
  readonly name: string;
  readonly description: string;
  readonly inputSchema: { readonly type: string };
  readonly annotations: {
    readonly readOnlyHint: boolean;
    readonly destructiveHint: boolean;
  };
}

const endpoint = '/api/mcp-actions/v1';
const foreign = { cluster: 'playground', namespace: 'data', name: 'training' };
const missing = { cluster: 'playground', namespace: 'data', name: 'nowhere1' };

/** Agents as they come: a client of the Model Context Protocol, with the token of the person whom it works for. */
describe('agents, through the MCP server', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld([mcpPlugin]);
  }, 120_000);
  afterAll(() => world?.stop());

  async function rpc(person: Person, method: string, params: object = {}) {
    const { text } = await world.send('post', endpoint, person, {
      headers: { accept: 'application/json, text/event-stream' },
      body: { jsonrpc: '2.0', id: 1, method, params },
    });
    const [, data] = /^data: (.*)$/m.exec(text) ?? [];
    return JSON.parse(data ?? text);
  }

  async function tools(person: Person): Promise<readonly Tool[]> {
    const { result } = await rpc(person, 'tools/list');
    return result.tools;
  }

  async function use(person: Person, name: string, input: object) {
    const { result, error } = await rpc(person, 'tools/call', {
      name: `paas.${name}`,
      arguments: input,
    });
    // What nobody expected is an error of the protocol.
    if (error) return { isError: true, text: `${error.message}` };
    const text: string = result.content[0].text;
    return { isError: result.isError === true, text };
  }

  it('are shown every action, described, with what it does', async () => {
    const registry = '/api/paas/.backstage/actions/v1/actions';
    const { body } = await world.send('get', registry, 'sam');
    const registered: { name: string }[] = body.actions;
    const shown = await tools('sam');
    expect(shown.map(({ name }) => name).sort()).toEqual(
      registered.map(({ name }) => `paas.${name}`).sort(),
    );
    expect(shown.length).toBeGreaterThan(0);
    for (const { description, inputSchema } of shown) {
      expect(description.length).toBeGreaterThan(30);
      expect(inputSchema.type).toBe('object');
    }
  });

  it.each([
    ['plan-application', true, false],
    ['pause-application', false, false],
    ['delete-application', false, true],
  ])('are told what %s does', async (name, reads, destroys) => {
    const shown = await tools('sam');
    expect(shown.find(tool => tool.name === `paas.${name}`)).toMatchObject({
      annotations: { readOnlyHint: reads, destructiveHint: destroys },
    });
  });

  it('are all in the guide, with what they do', async () => {
    const guide = path.resolve(__dirname, '../../../../docs/guides/agents.md');
    const rows = [
      ...fs
        .readFileSync(guide, 'utf8')
        .matchAll(/^\| `(paas\.[a-z-]+)` \| .+ \| (\w+) \|$/gm),
    ];
    const shown = await tools('sam');
    expect(rows.map(([, name, effect]) => `${name} ${effect}`).sort()).toEqual(
      shown.map(tool => `${tool.name} ${effectOf(tool)}`).sort(),
    );
  });

  it.each([
    ['ada', ['checkout', 'reports', 'training']],
    ['grace', ['checkout']],
    ['sam', ['checkout']],
    ['vera', ['checkout']],
    ['otto', []],
  ] as const)('see what %s sees', async (person, seen) => {
    const { isError, text } = await use(person, 'list-applications', {});
    expect(isError).toBe(false);
    for (const name of ['checkout', 'reports', 'training']) {
      const isSeen = seen.some(each => each === name);
      expect(text.includes(`"name":"${name}"`)).toBe(isSeen);
    }
  });

  it('are told of foreign things what they are told of missing ones', async () => {
    const theirs = await use('sam', 'get-application', foreign);
    const nobodys = await use('sam', 'get-application', missing);
    expect(theirs.isError).toBe(true);
    expect(theirs.text).toContain('that you may see');
    expect(theirs.text.replaceAll('training', 'nowhere1')).toBe(nobodys.text);
  });

  it('change nothing that the person may not change, and the audit trail names the person', async () => {
    const own = { cluster: 'playground', namespace: 'shop', name: 'checkout' };
    const before = world.identities.length;
    const refused = await use('vera', 'pause-application', own);
    expect(refused).toEqual({
      isError: true,
      text: expect.stringContaining('paas.application.update'),
    });
    expect(world.identities).toHaveLength(before);
    const { text } = await use('ada', 'list-audit', { tenant: 'shop' });
    const line = { who: 'user:default/vera', action: 'pause' };
    for (const [field, value] of Object.entries(line)) {
      expect(text).toContain(`"${field}":"${value}"`);
    }
    expect(text).toContain('"result":"refused"');
  });

  it('ask the cluster as the person', async () => {
    const own = { cluster: 'playground', namespace: 'shop', name: 'checkout' };
    await use('sam', 'pause-application', own);
    expect(world.identities.at(-1)?.user).toBe('understage:user:default/sam');
  });

  it('are let in with a token only (S10)', async () => {
    const { status } = await request(world.url)
      .post(endpoint)
      .set('accept', 'application/json, text/event-stream')
      .send({ jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} });
    expect(status).toBe(401);
  });

  it('are told when they send more than is read', async () => {
    const { status } = await world.send(
      'post',
      '/api/paas/.backstage/actions/v1/actions/paas:plan-application/invoke',
      'sam',
      { body: { cluster: 'playground', application: 'x'.repeat(101 * 1024) } },
    );
    expect(status).toBe(413);
  });

  it.each(Object.keys(people).filter(isPerson))(
    'are refused what is no input of a tool, as %s',
    async person => {
      const wrong = { ...foreign, everything: true };
      const { isError, text } = await use(person, 'get-application', wrong);
      expect(isError).toBe(true);
      expect(text).toContain('everything');
    },
  );
});

function effectOf({ annotations }: Tool): string {
  if (annotations.readOnlyHint) return 'reads';
  return annotations.destructiveHint ? 'destroys' : 'changes';
}

function isPerson(name: string): name is Person {
  return Object.hasOwn(people, name);
}
