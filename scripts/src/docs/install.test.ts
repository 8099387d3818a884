import fs from 'node:fs';
import path from 'node:path';
import { loadConfigSchema } from '@backstage/config-loader';
import ts from 'typescript';
import { parse } from 'yaml';
import { readPlatformConfig } from '@understage/plugin-paas-common';
import { repositoryRoot } from '../boundaries/workspaces';

const page = fs.readFileSync(
  path.join(repositoryRoot, 'docs/operate/install.md'),
  'utf8',
);
const blocks = (language: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    ([, text]) => text,
  );

/** What a report says an entry point exports: `@understage/plugin-paas/legacy` -> names, `default` among them. */
function exportsOf(specifier: string): readonly string[] {
  const [, name, entry] =
    /^@understage\/(?:plugin-)?([^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  const file = entry === undefined ? 'report.api.md' : `report-${entry}.api.md`;
  const report = fs.readFileSync(
    path.join(repositoryRoot, 'plugins', `${name}`, file),
    'utf8',
  );
  const named = [
    ...report.matchAll(
      /^export (?:const|function|class|interface|type) (\w+)/gm,
    ),
  ].map(([, found]) => found);
  return /^export default /m.test(report) ? [...named, 'default'] : named;
}

interface Import {
  readonly specifier: string;
  readonly names: readonly string[];
}

function importsIn(text: string): readonly Import[] {
  const source = ts.createSourceFile('page.tsx', text, ts.ScriptTarget.ES2022);
  const found: Import[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const { importClause: clause } = node;
      const bindings = clause?.namedBindings;
      const names =
        bindings && ts.isNamedImports(bindings)
          ? bindings.elements.map(({ name }) => name.text)
          : [];
      const specifier = node.moduleSpecifier.text;
      found.push({ specifier, names: clause?.name ? ['default', ...names] : names });
    }
    if (
      ts.isCallExpression(node) &&
      node.expression.kind === ts.SyntaxKind.ImportKeyword
    ) {
      const [argument] = node.arguments;
      if (ts.isStringLiteral(argument)) {
        found.push({ specifier: argument.text, names: ['default'] });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter(({ specifier }) => specifier.startsWith('@understage/'));
}

describe('the page on installing into an existing portal', () => {
  const imports = [...blocks('ts'), ...blocks('tsx')].flatMap(importsIn);

  it('imports something of each plugin', () => {
    expect(new Set(imports.map(({ specifier }) => specifier)).size).toBe(6);
  });

  it.each(imports)('imports from $specifier what it exports', each => {
    expect(exportsOf(each.specifier)).toEqual(
      expect.arrayContaining([...each.names]),
    );
  });

  it('names the extensions that the plugin has', () => {
    const report = fs.readFileSync(
      path.join(repositoryRoot, 'plugins/paas/report.api.md'),
      'utf8',
    );
    const ids = [
      ...report.matchAll(/^ {2}'([a-z-]+:paas(?:\/[a-z]+)?)':/gm),
    ].map(([, id]) => id);
    expect(ids).toHaveLength(8);
    expect(ids.filter(id => !page.includes(`\`${id}\``))).toEqual([]);
  });

  it('shows a configuration that the plugins accept', async () => {
    const [text] = blocks('yaml');
    const data = parse(text);
    const schema = await loadConfigSchema({
      dependencies: [],
      packagePaths: [
        'paas-backend',
        'catalog-backend-module-paas',
        'permission-backend-module-paas',
      ].map(name =>
        path.join(repositoryRoot, 'plugins', name, 'package.json'),
      ),
    });
    const portal = {
      app: { baseUrl: 'http://localhost' },
      backend: {
        baseUrl: 'http://localhost',
        listen: ':7007',
        database: { client: 'better-sqlite3', connection: ':memory:' },
      },
    };
    const process = (paas: unknown) => () =>
      schema.process([{ context: 'page', data: { ...portal, ...data, paas } }]);
    expect(process(data.paas)).not.toThrow();
    expect(process({ ...data.paas, clusters: [{ inCluster: true }] })).toThrow(
      /clusters/,
    );

    const { clusters: _, helm: __, catalog: ___, platformAdmins: ____, ...platform } =
      data.paas;
    expect(readPlatformConfig(platform)).toMatchObject({ ok: true });
  });
});
