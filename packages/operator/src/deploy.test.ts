import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import {
  deployerPolicyRules,
  readPlatformConfig,
} from '@understage/plugin-paas-common';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { parseFlags } from './settings';

const deploy = path.resolve(__dirname, '../../../deploy');
const read = (file: string) => readFileSync(path.join(deploy, file), 'utf8');
const manifests = readdirSync(deploy).filter(file => file.endsWith('.yaml'));

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

const roleSchema = z.object({
  rules: z.array(
    z.object({
      apiGroups: z.array(z.string()),
      resources: z.array(z.string()),
      verbs: z.array(z.string()),
    }),
  ),
});

const flat = (rules: readonly Rule[]) =>
  rules
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap(group =>
        resources.map(
          resource => `${group}/${resource} ${[...verbs].sort().join(' ')}`,
        ),
      ),
    )
    .sort();

describe('deploy/', () => {
  it('gives deployers exactly what applications may consist of', () => {
    const { rules } = roleSchema.parse(parse(read('deployer.yaml')));
    expect(flat(rules)).toEqual(flat(deployerPolicyRules()));
  });

  it.each(manifests)('%s says of every rule what it is for', file => {
    const lines = read(file).split('\n');
    const bare = lines.filter(
      (line, at) =>
        /^\s+- apiGroups:/.test(line) && !/^\s+# /.test(lines[at - 1] ?? ''),
    );
    expect(bare).toEqual([]);
  });

  it('grants no wildcard, and no impersonation without names', () => {
    const text = manifests.map(read).join('\n---\n');
    const rules = parseAllDocuments(text).flatMap(document => {
      const rule = z.object({
        rules: z.array(z.record(z.string(), z.array(z.string()))),
      });
      return rule.safeParse(document.toJS()).data?.rules ?? [];
    });
    expect(rules.length).toBeGreaterThan(20);
    for (const rule of rules) {
      expect(Object.values(rule).flat()).not.toContain('*');
      const names = rule.verbs.includes('impersonate')
        ? rule.resourceNames
        : ['any'];
      expect(names?.length).toBeGreaterThan(0);
    }
  });

  it('starts the operator with flags and a configuration that it takes', () => {
    const text = read('operator.yaml');
    const args = [...text.matchAll(/^ +- (--\S+)$/gm)].map(match => match[1]);
    expect(parseFlags(args, { temporaryDirectory: '/tmp' })).toMatchObject({
      config: '/etc/understage/platform.yaml',
      port: 8080,
    });
    const [config] = parseAllDocuments(text)
      .map(document =>
        z
          .object({ data: z.object({ 'platform.yaml': z.string() }) })
          .safeParse(document.toJS()),
      )
      .flatMap(({ data }) => (data ? [data.data['platform.yaml']] : []));
    const checked = readPlatformConfig(parse(config).paas);
    expect(checked).toMatchObject({ ok: true });
  });
});
