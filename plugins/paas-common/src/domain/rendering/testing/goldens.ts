import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { readApplications } from '../../../input';
import { Application } from '../../../schema/Application';
import { isRecord } from '../../jsonValue';
import { ChartOutcome, Desired, ResolveContext } from '../../desired';
import { KubeObject } from '../../kubernetes';
import { resolveContext } from './resolveContext';

const directory = join(__dirname, '..', '__golden__');

/** One application with the world it is rendered in; the folder `__golden__/<name>` holds it and what it comes to. */
export interface Golden {
  readonly name: string;
  readonly application: Application;
  readonly context: ResolveContext;
}

const contexts: Readonly<Record<string, Partial<ResolveContext>>> = {
  'user-service': {
    platform: {
      imageConvention:
        'registry.example.com/{tenant}/{application}-{component}:latest',
      expose: { kind: 'Ingress' },
    },
  },
  gateway: {
    platform: {
      expose: {
        kind: 'HTTPRoute',
        gateway: { namespace: 'gateways', name: 'public' },
      },
    },
    takenServiceNames: { web: 'application catalogue' },
  },
};

function isKubeObject(value: unknown): value is KubeObject {
  return (
    isRecord(value) &&
    typeof value.kind === 'string' &&
    typeof value.apiVersion === 'string'
  );
}

/** The objects of a file with several YAML documents. */
export function readObjects(text: string): readonly KubeObject[] {
  return parseAllDocuments(text).flatMap(document => {
    const value: unknown = document.toJS();
    return isKubeObject(value) ? [value] : [];
  });
}

function chartsOf(folder: string): Record<string, ChartOutcome> {
  const charts = join(folder, 'charts');
  const files = existsSync(charts) ? readdirSync(charts) : [];
  return Object.fromEntries(
    files.map(file => [
      file.replace(/\.yaml$/, ''),
      {
        kind: 'rendered' as const,
        chart: {
          chart: `bitnami/${file.replace(/\.yaml$/, '')}`,
          version: '1.0.0',
          digest: `sha256:${'0'.repeat(64)}`,
          objects: readObjects(readFileSync(join(charts, file), 'utf8')),
        },
      },
    ]),
  );
}

function readGolden(name: string): Golden {
  const folder = join(directory, name);
  const text = readFileSync(join(folder, 'application.yaml'), 'utf8');
  const [{ checked }] = readApplications(text);
  if (!checked.ok) {
    throw new Error(
      `${name}/application.yaml: ${JSON.stringify(checked.problems)}`,
    );
  }
  return {
    name,
    application: checked.value,
    context: resolveContext({ ...contexts[name], charts: chartsOf(folder) }),
  };
}

/** All goldens, by name. */
export function readGoldens(): readonly Golden[] {
  return readdirSync(directory).sort().map(readGolden);
}

/** What a golden comes to, as text: its objects, and everything that is said about them. */
export function formatDesired(desired: Desired): {
  readonly 'objects.yaml': string;
  readonly 'report.yaml': string;
} {
  const { components, edges, refusals, warnings } = desired;
  const options = { aliasDuplicateObjects: false, lineWidth: 120 };
  return {
    'objects.yaml': desired.objects
      .map(({ object, retained }) => {
        const note = retained ? '# Stays when the application goes.\n' : '';
        return note + stringify(object, options);
      })
      .join('---\n'),
    'report.yaml': stringify(
      {
        components: components.map(({ objects, ...component }) => ({
          ...component,
          objects: objects.map(({ kind, name }) => `${kind} ${name}`),
        })),
        edges,
        refusals,
        warnings,
      },
      options,
    ),
  };
}

/** One file of a golden, and the text that it should hold. */
export interface GoldenFile {
  readonly name: string;
  readonly file: keyof ReturnType<typeof formatDesired>;
  readonly text: string;
  /** Write the text first, to look at the difference in git. */
  readonly update: boolean;
}

/** The committed text of a golden's file. */
export function goldenText({ name, file, text, update }: GoldenFile): string {
  const path = join(directory, name, file);
  if (update) {
    writeFileSync(path, text);
  }
  return readFileSync(path, 'utf8');
}
