import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { KubeError } from '../errors';
import { isHeaderSafe } from './impersonation';
import { RequestHeaders } from './transport';

const texts = z.array(z.string());

/** Whom the owner of a kubeconfig acts as: the fields of a user that the official library does not hand on. */
const userSchema = z.object({
  as: z.string().nullish(),
  'as-uid': z.string().nullish(),
  'as-groups': texts.nullish(),
  'as-user-extra': z.record(z.string(), texts).nullish(),
});

const usersSchema = z.object({
  users: z.array(z.object({ name: z.string(), user: z.unknown() })).nullish(),
});

/** The files that a kubeconfig consists of; the first that names a user says who that is. */
function filesOf(kubeconfig: string | undefined): readonly string[] {
  if (kubeconfig) return [kubeconfig];
  const listed = (process.env.KUBECONFIG ?? '')
    .split(path.delimiter)
    .filter(file => file !== '');
  if (listed.length > 0) return listed;
  const usual = path.join(homedir(), '.kube', 'config');
  return existsSync(usual) ? [usual] : [];
}

function userIn(file: string, name: string): unknown {
  const { data } = usersSchema.safeParse(parse(readFileSync(file, 'utf8')));
  return data?.users?.find(each => each.name === name)?.user;
}

function checked(text: string, field: string): string {
  if (isHeaderSafe(text)) return text;
  throw new KubeError(
    `the kubeconfig's user can not act as ${JSON.stringify(
      text,
    )} (${field}): it is printable ASCII and not empty, without spaces at its ends`,
  );
}

/** What stands in a name of a header; a key of `as-user-extra` may hold anything. */
const escaped = (key: string) =>
  encodeURIComponent(key.toLowerCase()).replace(
    /[()']/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );

function readUser(name: string, kubeconfig: string | undefined) {
  const found = filesOf(kubeconfig)
    .map(file => userIn(file, name))
    .find(each => each !== undefined && each !== null);
  const { data, error } = userSchema.safeParse(found ?? {});
  if (data) return data;
  const fields = error.issues.map(issue => issue.path.join('.')).join(', ');
  throw new KubeError(
    `the user ${name} of the kubeconfig acts as nobody that can be told: ${fields} is not as kubectl writes it`,
  );
}

/** All but the name. */
function furtherHeaders(user: z.infer<typeof userSchema>): RequestHeaders {
  const uid = user['as-uid'];
  const groups = user['as-groups'] ?? [];
  return {
    ...(uid && { 'impersonate-uid': checked(uid, 'as-uid') }),
    ...(groups.length > 0 && {
      'impersonate-group': groups.map(each => checked(each, 'as-groups')),
    }),
    ...Object.fromEntries(
      Object.entries(user['as-user-extra'] ?? {}).map(([key, values]) => [
        `impersonate-extra-${escaped(key)}`,
        values.map(each => checked(each, `as-user-extra.${key}`)),
      ]),
    ),
  };
}

/**
 * Whom the user of a kubeconfig acts as, in headers: name, uid, groups and further attributes. To send the name alone would be
 * to act as somebody else, with fewer rights or with more. Throws `KubeError` for what can not be said.
 */
export function kubeconfigImpersonation(
  name: string | undefined,
  kubeconfig: string | undefined,
): RequestHeaders {
  if (name === undefined) return {};
  const user = readUser(name, kubeconfig);
  const further = furtherHeaders(user);
  if (user.as)
    return { 'impersonate-user': checked(user.as, 'as'), ...further };
  if (Object.keys(further).length === 0) return {};
  throw new KubeError(
    `the user ${name} of the kubeconfig has groups, a uid or attributes to act with, but no \`as\`: say whom to act as`,
  );
}
