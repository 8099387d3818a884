import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { attacks } from './__testUtils__/attacks';
import { refusersOf } from './__testUtils__/attack';
import { repositoryFile } from './__testUtils__/createIsolationWorld';
import { Verdict } from './__testUtils__/verdict';

interface Row {
  readonly id: string;
  readonly layers: string;
}

const page = readFileSync(repositoryFile('docs/concepts/isolation.md'), 'utf8');
const rows: readonly Row[] = [
  ...page.matchAll(/^\| (S\d+) \| [^|]+ \| ([^|]+) \|$/gm),
].map(([, id, layers]) => ({ id, layers: layers.trim() }));

/** Rows that say why there is no test. */
const untested = /^(as S\d+|not yet|does not apply): /;

const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file);

function testFiles(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap(entry => {
    const file = path.join(directory, entry.name);
    if (entry.isDirectory()) {
      return entry.name === 'node_modules' ? [] : testFiles(file);
    }
    return isTest(entry.name) ? [file] : [];
  });
}

/** Titles of tests and of groups of tests. A title may stand on the line after the one that begins it. */
function idsInTitles(text: string): readonly string[] {
  const titles = text.matchAll(
    /\b(?:it|test|describe)\b[^'"`]{0,80}?\(\s*(['"`])([^\n]*?)\1/g,
  );
  return [...titles].flatMap(([, , title]) => [
    ...(title.match(/\bS\d{1,2}\b/g) ?? []),
  ]);
}

const all = Object.values(attacks).flat();
const tested = new Set([
  ...all.map(({ id }) => id),
  ...['packages', 'plugins', 'scripts']
    .flatMap(folder => testFiles(repositoryFile(folder)))
    .flatMap(file => idsInTitles(readFileSync(file, 'utf8'))),
]);

function layerOf(verdict: Verdict): string | undefined {
  if (verdict.startsWith('policy')) return 'admission policy';
  return {
    rbac: 'RBAC',
    podSecurity: 'Pod Security',
    quota: 'quota',
    limits: 'quota',
    // What the schema of a resource of ours refuses.
    validation: 'ours',
  }[verdict as string];
}

describe('the table of attacks in docs/concepts/isolation.md', () => {
  it('names S1 to S31, in order', () => {
    const numbers = rows.map(({ id }) => Number(id.slice(1)));
    expect(numbers.slice(0, 31)).toEqual(
      Array.from({ length: 31 }, (_, index) => index + 1),
    );
    expect(numbers).toEqual([...numbers].sort((left, right) => left - right));
  });

  it.each(rows)('$id has a test, or says why there is none', row => {
    expect({ ...row, tested: tested.has(row.id) }).toEqual({
      ...row,
      tested: !untested.test(row.layers),
    });
  });

  it('misses no attack that a test is named after', () => {
    const known = new Set(rows.map(({ id }) => id));
    expect([...tested].filter(id => !known.has(id))).toEqual([]);
  });

  it.each(rows.filter(({ id }) => all.some(attack => attack.id === id)))(
    '$id names every layer that the attacks on the cluster met',
    ({ id, layers }) => {
      const met = all
        .filter(attack => attack.id === id)
        .flatMap(refusersOf)
        .map(layerOf);
      expect(layers.split(', ')).toEqual(
        expect.arrayContaining([...new Set(met)]),
      );
    },
  );

  it('names only layers that are explained above it', () => {
    const explained = [...page.matchAll(/^\| ([A-Za-z ]+) \| /gm)].map(
      ([, layer]) => layer,
    );
    const named = rows
      .filter(({ layers }) => !untested.test(layers))
      .flatMap(({ layers }) => layers.split(', '));
    expect(explained).toEqual(expect.arrayContaining([...new Set(named)]));
  });
});
