import { mockCredentials } from '@backstage/backend-test-utils';
import {
  checkApplication,
  checkTenant,
  PaasClient,
} from '@understage/plugin-paas-common';
import { parse, stringify } from 'yaml';
import { Connect } from '../api/connectPaas';

type Document = Record<string, unknown>;

/** What the double was asked, in order. */
export interface Call {
  readonly route: string;
  readonly as: string;
}

interface Held {
  document: Document;
  state: string;
}

const at = '2026-11-23T09:00:00Z';
const freshness = { kind: 'live', at };

/** An API that keeps what is applied, makes it Ready at once unless told otherwise, and checks input as the real one. */
export class ApiDouble {
  readonly calls: Call[] = [];
  readonly held = new Map<string, Held>();
  /** Answers before anything else does, once each. */
  readonly failures: { status: number; message: string }[] = [];
  /** State of what is applied next. */
  state = 'Ready';

  readonly connect: Connect = credentials =>
    new PaasClient({
      baseUrl: async () => 'http://portal/api/paas',
      fetch: async (input, init) => {
        init?.signal?.throwIfAborted();
        const { principal } = Object(await credentials());
        return this.answer(new URL(input), init ?? {}, principal.userEntityRef);
      },
    });

  private answer(url: URL, init: RequestInit, as: string): Response {
    const path = url.pathname.replace('/api/paas', '');
    const method = init.method ?? 'GET';
    this.calls.push({ route: `${method} ${path}`, as });
    const failure = this.failures.shift();
    if (failure) {
      const { status, message } = failure;
      return Response.json({ error: { message } }, { status });
    }
    if (method === 'POST') return this.write(path, JSON.parse(`${init.body}`));
    const key = path.replace('/offboarding', '');
    const found = this.held.get(key);
    if (!found) {
      return Response.json(
        { error: { message: 'Not there.' } },
        { status: 404 },
      );
    }
    if (method === 'DELETE') {
      this.held.delete(key);
      return Response.json({ changed: true });
    }
    return Response.json(
      path.endsWith('/offboarding') ? offboarding(key) : detail(key, found),
    );
  }

  private write(path: string, body: Document): Response {
    const isTenant = path.startsWith('/tenants');
    const sent = isTenant ? body.tenant : body.application;
    const document = typeof sent === 'string' ? parse(sent) : sent;
    const checked = isTenant
      ? checkTenant(document)
      : checkApplication(document);
    if (!checked.ok) {
      const { problems } = checked;
      return Response.json({ kind: 'invalid', problems }, { status: 422 });
    }
    const { name, namespace = body.namespace } = Object(checked.value.metadata);
    const { cluster } = body;
    const ref = isTenant ? { cluster, name } : { cluster, namespace, name };
    const key = `/${isTenant ? 'tenants' : 'applications'}/${Object.values(
      ref,
    ).join('/')}`;
    if (path.endsWith('/plan')) {
      const created = { apiVersion: 'v1', kind: 'Service', name };
      return Response.json({
        kind: 'planned',
        actions: [
          {
            kind: 'create',
            ref: created,
            object: { ...created, metadata: { name } },
          },
        ],
        summary: '1 to create, 0 to change, 0 to delete',
        warnings: [],
      });
    }
    const known = this.held.get(key)?.document;
    const value = JSON.parse(
      JSON.stringify(isTenant ? checked.value : document),
    );
    const changed = JSON.stringify(known) !== JSON.stringify(value);
    this.held.set(key, { document: value, state: this.state });
    return Response.json({ kind: 'applied', ref, changed, warnings: [] });
  }
}

function offboarding(key: string) {
  const [, , cluster, name] = key.split('/');
  return {
    ref: { cluster, name },
    uid: 'u',
    policy: 'Retain',
    applications: [],
    volumes: [],
    actions: [],
    summary: '0 to create, 0 to change, 0 to delete',
    export: '',
    confirm: name,
  };
}

function detail(key: string, { document, state }: Held) {
  const [, kind, cluster, ...names] = key.split('/');
  const name = names.at(-1);
  const yaml = stringify({
    ...document,
    metadata: { ...Object(document.metadata), generation: 1 },
    status: { observedGeneration: 1, state },
  });
  const summary = {
    cluster,
    name,
    state,
    reason: 'Ready',
    message: `It is ${state}.`,
    createdAt: at,
  };
  if (kind === 'tenants') {
    return {
      summary: {
        ...summary,
        owner: 'group:default/x',
        environments: 1,
        namespaces: [String(name)],
        members: 1,
        applications: 0,
        checks: { enforced: 1, total: 1 },
      },
      spec: document.spec,
      uid: 'u',
      members: [],
      environments: [],
      conditions: [],
      notices: [],
      may: { update: true, delete: true, audit: true },
      yaml,
      freshness,
    };
  }
  return {
    summary: {
      ...summary,
      namespace: names[0],
      tenant: names[0],
      components: 1,
      replicas: { ready: 1, desired: 1 },
    },
    components: [],
    conditions: [],
    edges: [],
    tree: [],
    releases: [],
    events: [],
    notices: [],
    links: [],
    yaml,
    freshness,
  };
}

/** Credentials of a person of the playground. */
export const credentialsOf = (name: string) =>
  mockCredentials.user(`user:default/${name}`);
