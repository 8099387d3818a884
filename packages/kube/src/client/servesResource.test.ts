import { ResourceType } from '../objects';
import { RequestStatistics } from './requestStatistics';
import { servesResource } from './servesResource';
import { Transport } from './transport';

function answering(status: number, text: string) {
  const paths: string[] = [];
  const send: Transport['send'] = async ({ path }) => {
    paths.push(path);
    async function* body() {
      yield Buffer.from(text);
    }
    return {
      status,
      headers: {},
      body: Object.assign(body(), {
        text: async () => text,
        destroy: () => {},
      }),
    };
  };
  const transport: Transport = {
    send,
    stream: send,
    statistics: new RequestStatistics(),
    server: 'https://test',
    close: async () => {},
  };
  return { transport, paths };
}

const routes: ResourceType = {
  group: 'gateway.networking.k8s.io',
  version: 'v1',
  kind: 'HTTPRoute',
  plural: 'httproutes',
  namespaced: true,
};
const list = JSON.stringify({ resources: [{ name: 'httproutes' }] });

describe('servesResource', () => {
  it.each([
    { what: 'a kind that is listed', status: 200, text: list, served: true },
    {
      what: 'a kind that is not',
      status: 200,
      text: '{"resources":[{"name":"gateways"}]}',
      served: false,
    },
    {
      what: 'a group that is not there',
      status: 404,
      text: '{}',
      served: false,
    },
    {
      what: 'an answer without a list',
      status: 200,
      text: '[]',
      served: false,
    },
  ])('knows $what', async ({ status, text, served }) => {
    const { transport, paths } = answering(status, text);
    await expect(servesResource(transport, routes)).resolves.toBe(served);
    expect(paths).toEqual(['/apis/gateway.networking.k8s.io/v1']);
  });

  it('finds the core group where it is', async () => {
    const { transport, paths } = answering(
      200,
      '{"resources":[{"name":"pods"}]}',
    );
    const pods = { ...routes, group: '', plural: 'pods' };
    await expect(servesResource(transport, pods)).resolves.toBe(true);
    expect(paths).toEqual(['/api/v1']);
  });

  it.each([
    [500, '{"message":"broken"}', 'broken'],
    [200, '<html>', 'is no JSON'],
  ])('says when it can not know: %s %s', async (status, text, sentence) => {
    const { transport } = answering(status, text);
    await expect(servesResource(transport, routes)).rejects.toThrow(sentence);
  });
});
