import {
  createServer,
  IncomingMessage,
  request as httpRequest,
  RequestOptions,
  ServerResponse,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { loadCredentials } from '../../client/credentials';
import {
  Cut,
  describeAction,
  FaultAction,
  FaultRule,
  FaultScript,
  FaultVerb,
  statusText,
  verbOf,
} from './faultRule';
import { FaultyBody } from './faultyBody';

export interface FaultProxyOptions {
  /** Path of the kubeconfig of the API server behind the proxy; its identity is everybody's who comes through. */
  readonly kubeconfig: string;
  readonly context?: string;
  readonly rules?: readonly FaultRule[];
  /** Decides what is left to chance; the same seed does the same again. Default 1. */
  readonly seed?: number;
  /** Takes each line of the journal. */
  readonly log?: (line: string) => void;
}

/** A proxy in front of an API server that misbehaves as told. */
export interface FaultProxy {
  /** `http://127.0.0.1:PORT`. */
  readonly server: string;
  /** A kubeconfig that leads here, as text. */
  readonly kubeconfig: string;
  /** What was done to whom, in order; one line each fault. */
  readonly journal: readonly string[];
  add(rule: FaultRule): void;
  /** Drops all rules; streams that hang go on hanging. */
  clear(): void;
  /** How many requests of a verb came so far, faults included. */
  requests(verb: FaultVerb): number;
  /** Open watches right now. */
  watches(): number;
  /** Does this to every open watch; answers how many there were. */
  cutWatches(how: Cut): number;
  close(): Promise<void>;
}

/** One request of a client, read completely. */
interface Incoming {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Sends a request on to the server behind; resolves with its answer's beginning. */
type Forward = (incoming: Incoming) => Promise<IncomingMessage>;

async function forwarder(
  options: FaultProxyOptions,
): Promise<{ readonly forward: Forward; readonly close: () => void }> {
  const credentials = await loadCredentials(options);
  const target = new URL(credentials.server);
  const secure = target.protocol === 'https:';
  const agent = secure
    ? new HttpsAgent({ ...credentials.tls, keepAlive: true })
    : undefined;
  const forward: Forward = async ({ method, url, headers, body }) => {
    const { host: _host, connection: _connection, ...kept } = headers;
    const settings: RequestOptions = {
      host: target.hostname,
      port: target.port,
      method,
      path: url,
      agent,
      headers: { ...kept, ...(await credentials.headers()) },
    };
    return new Promise((resolve, reject) => {
      const outgoing = secure
        ? httpsRequest(settings, resolve)
        : httpRequest(settings, resolve);
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  };
  return { forward, close: () => agent?.destroy() };
}

function answerWith(
  response: ServerResponse,
  action: FaultAction & { readonly kind: 'status' },
): void {
  const { status, reason = 'Injected', headers, body } = action;
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
  });
  response.end(body ?? statusText(status, reason));
}

class Proxy {
  readonly script: FaultScript;
  readonly journal: string[] = [];
  readonly watches = new Set<FaultyBody>();
  readonly counts = new Map<FaultVerb, number>();
  readonly #forward: Forward;
  readonly #log: (line: string) => void;

  constructor(options: FaultProxyOptions, forward: Forward) {
    this.script = new FaultScript(options.seed ?? 1);
    options.rules?.forEach(rule => this.script.add(rule));
    this.#forward = forward;
    this.#log = options.log ?? (() => {});
  }

  note(line: string): void {
    this.journal.push(line);
    this.#log(line);
  }

  async handle(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const verb = verbOf(method, url);
    this.counts.set(verb, (this.counts.get(verb) ?? 0) + 1);
    const rule = this.script.strike(verb, url);
    if (rule) {
      const what = describeAction(rule.action);
      this.note(`${verb} ${url.split('?')[0]}: ${rule.name}: ${what}`);
    }
    const incoming = { method, url, headers, body: await readAll(request) };
    if (rule?.action.kind === 'status') {
      answerWith(response, rule.action);
      return;
    }
    try {
      await this.#pass(incoming, response, { verb, rule });
    } catch {
      // The server behind is not there: to the client it looks like a broken connection, which it is.
      response.socket?.resetAndDestroy();
    }
  }

  async #pass(
    incoming: Incoming,
    response: ServerResponse,
    { verb, rule }: { readonly verb: FaultVerb; readonly rule?: FaultRule },
  ): Promise<void> {
    const action = rule?.action;
    if (action?.kind === 'delay') {
      await new Promise(resolve => setTimeout(resolve, action.ms));
    }
    if (action?.kind === 'duplicate')
      await readAll(await this.#forward(incoming));
    const answer = await this.#forward(incoming);
    if (action?.kind === 'dropReply') {
      await readAll(answer);
      response.socket?.resetAndDestroy();
      return;
    }
    const body = new FaultyBody(response, action);
    // The length may not be what it was.
    const {
      'content-length': _length,
      connection: _connection,
      ...headers
    } = answer.headers;
    response.writeHead(answer.statusCode ?? 502, headers);
    response.flushHeaders();
    if (verb === 'watch') this.watches.add(body);
    response.once('close', () => {
      this.watches.delete(body);
      answer.destroy();
    });
    body.begin();
    try {
      for await (const chunk of answer) body.write(chunk);
      body.end();
    } catch {
      body.cut('rst');
    } finally {
      this.watches.delete(body);
    }
  }
}

/** Starts a proxy on a free port of 127.0.0.1, speaking plain HTTP. Rejects when the kubeconfig is no use. */
export async function createFaultProxy(
  options: FaultProxyOptions,
): Promise<FaultProxy> {
  const { forward, close } = await forwarder(options);
  const proxy = new Proxy(options, forward);
  const listener = createServer((request, response) => {
    void proxy.handle(request, response);
  });
  await new Promise<void>(resolve => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  const address = listener.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const server = `http://127.0.0.1:${port}`;
  return {
    server,
    kubeconfig: JSON.stringify({
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        {
          name: 'faults',
          // Plain HTTP within this machine; kubeconfigs are made to say that they mean it.
          cluster: { server, 'insecure-skip-tls-verify': true },
        },
      ],
      users: [{ name: 'faults', user: {} }],
      contexts: [
        { name: 'faults', context: { cluster: 'faults', user: 'faults' } },
      ],
      'current-context': 'faults',
    }),
    journal: proxy.journal,
    add: rule => proxy.script.add(rule),
    clear: () => proxy.script.clear(),
    requests: verb => proxy.counts.get(verb) ?? 0,
    watches: () => proxy.watches.size,
    cutWatches: how => {
      const open = [...proxy.watches];
      proxy.note(`${open.length} open watches: cut ${how}`);
      open.forEach(body => body.cut(how));
      return open.length;
    },
    close: async () => {
      listener.closeAllConnections();
      await new Promise(resolve => {
        listener.close(resolve);
      });
      close();
    },
  };
}
