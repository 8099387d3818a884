import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Playground, startPlayground } from '@understage/playground';
import { parse } from 'yaml';
import { z } from 'zod';
import { loadCredentials } from './credentials';
import { impersonationHeaders } from './impersonation';
import { RequestStatistics } from './requestStatistics';
import { createTransport } from './transport';

jest.setTimeout(120_000);

const kubeconfigSchema = z.looseObject({
  users: z.tuple([z.looseObject({ user: z.record(z.string(), z.unknown()) })]),
});

const reviewSchema = z.object({
  status: z.object({
    userInfo: z.object({
      username: z.string(),
      uid: z.string().optional(),
      groups: z.array(z.string()).optional(),
      extra: z.record(z.string(), z.array(z.string())).optional(),
    }),
  }),
});

let playground: Playground;
let directory: string;
beforeAll(async () => {
  playground = await startPlayground({
    components: ['etcd', 'kube-apiserver'],
  });
  directory = await mkdtemp(path.join(tmpdir(), 'kubeconfig-'));
});
afterAll(async () => {
  await playground?.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Whom the API server sees, by a kubeconfig of the administrator who acts as somebody. */
async function seenAs(
  fields: Readonly<Record<string, unknown>>,
  impersonate?: { readonly user: string },
) {
  const config = kubeconfigSchema.parse(
    parse(readFileSync(playground.kubeconfig, 'utf8')),
  );
  const [entry] = config.users;
  const user = { ...entry.user, ...fields };
  const file = path.join(directory, 'config');
  writeFileSync(
    file,
    JSON.stringify({ ...config, users: [{ ...entry, user }] }),
  );
  const transport = createTransport(
    await loadCredentials({ kubeconfig: file }),
    {
      userAgent: 'test',
      statistics: new RequestStatistics(),
    },
  );
  try {
    const apiVersion = 'authentication.k8s.io/v1';
    const answer = await transport.send({
      method: 'POST',
      verb: 'create',
      path: `/apis/${apiVersion}/selfsubjectreviews`,
      body: JSON.stringify({ apiVersion, kind: 'SelfSubjectReview' }),
      headers: impersonationHeaders(impersonate),
    });
    const text = await answer.body.text();
    return reviewSchema.parse(JSON.parse(text)).status.userInfo;
  } finally {
    await transport.close();
  }
}

describe('the API server sees', () => {
  const ada = {
    as: 'ada',
    'as-uid': '1234',
    'as-groups': ['platform', 'team shop'],
    'as-user-extra': { 'acme.com/project': ['a', 'b'] },
  };

  it('the whole of whom a kubeconfig acts as', async () => {
    expect(await seenAs(ada)).toEqual({
      username: 'ada',
      uid: '1234',
      groups: ['platform', 'team shop', 'system:authenticated'],
      extra: { 'acme.com/project': ['a', 'b'] },
    });
  });

  it('nothing of it in whom a caller acts as', async () => {
    expect(await seenAs(ada, { user: 'sam' })).toEqual({
      username: 'sam',
      groups: ['system:authenticated'],
    });
  });
});
