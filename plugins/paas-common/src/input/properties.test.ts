import fc from 'fast-check';
import { stringify } from 'yaml';
import { applicationSpecSchema } from '../schema/applicationSchema';
import { arbitraryApplication, arbitraryDocument } from '../testing';
import { checkApplication } from './checkApplication';
import { FieldPath, formatPath, valueAt } from './fieldPath';
import { readApplications } from './readApplications';

type Tree = { [name: string]: unknown };

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null;
}

/** Every place of a document that holds something, containers included; not inside of chart values, where all is allowed. */
function placesOf(value: unknown, path: FieldPath = []): readonly FieldPath[] {
  if (!isTree(value) || path[path.length - 1] === 'values') return [path];
  const inner = Object.keys(value).flatMap(name =>
    placesOf(value[name], [
      ...path,
      Array.isArray(value) ? Number(name) : name,
    ]),
  );
  return [path, ...inner];
}

/** A copy with something else at one place; `undefined` removes it. */
function withValue(
  document: unknown,
  path: FieldPath,
  value: unknown,
): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (!isTree(document)) return document;
  const copy: Tree | unknown[] = Array.isArray(document)
    ? [...document]
    : { ...document };
  const changed = withValue(document[step], rest, value);
  if (Array.isArray(copy) && changed === undefined)
    copy.splice(Number(step), 1);
  else if (changed === undefined) Reflect.deleteProperty(copy, step);
  else Reflect.set(copy, step, changed);
  return copy;
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    '',
    'x',
    'UPPER CASE',
    'x'.repeat(70),
    'frоntend',
    0,
    -1,
    1.5,
    1e300,
    70000,
    true,
    [],
    {},
    [null],
    { replcias: 1 },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

describe('generated applications', () => {
  it('are accepted, and come back with the defaults that the schema says', () => {
    fc.assert(
      fc.property(arbitraryDocument(), document => {
        const checked = checkApplication(document);
        expect(checked.ok ? [] : checked.problems).toEqual([]);
        expect(checked.ok && checked.value.spec).toEqual(
          applicationSpecSchema.parse(document.spec),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('are accepted again as they came back', () => {
    fc.assert(
      fc.property(arbitraryApplication(), application => {
        expect(checkApplication(application)).toMatchObject({
          ok: true,
          value: application,
        });
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['YAML', (value: unknown) => stringify(value)],
    [
      'YAML with narrow lines',
      (value: unknown) =>
        stringify(value, { lineWidth: 20, defaultStringType: 'QUOTE_DOUBLE' }),
    ],
    ['JSON', (value: unknown) => JSON.stringify(value, null, '\t')],
  ])('read the same from %s', (_, write) => {
    fc.assert(
      fc.property(arbitraryApplication(), application => {
        const [{ checked }] = readApplications(write(application));
        expect(checked.ok ? checked.value : checked.problems).toEqual(
          application,
        );
      }),
      { numRuns: 100 },
    );
  });
});

/** Names that a change at a place can make wrong elsewhere: rules compare fields with each other. */
function isRelated(problem: string, place: string): boolean {
  if (problem === '' || problem.startsWith(place) || place.startsWith(problem))
    return true;
  const component = /^spec\.components\[\d+\]/.exec(place)?.[0];
  // Ports, names and types are what other fields of the component, its neighbours and the dependencies speak of.
  return (
    problem.startsWith('spec.dependencies') ||
    (component !== undefined && problem.startsWith('spec.components'))
  );
}

describe('an application with something else at one place', () => {
  it('is accepted, or refused with a problem at that place or where it is spoken of', () => {
    fc.assert(
      fc.property(
        arbitraryDocument(),
        fc.nat(),
        junk,
        (document, nth, value) => {
          const places = placesOf(document);
          const place = places[nth % places.length];
          const changed = withValue(document, place, value);
          const checked = checkApplication(changed);
          const problems = checked.ok ? [] : checked.problems;
          const at = formatPath(place);
          expect(problems.filter(({ path }) => !isRelated(path, at))).toEqual(
            [],
          );
          // What the schema refuses is never let through.
          const fits = applicationSpecSchema.safeParse(
            valueAt(changed, ['spec']),
          ).success;
          expect(checked.ok && !fits).toBe(false);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is refused in our words: nothing of the library shows', () => {
    fc.assert(
      fc.property(
        arbitraryDocument(),
        fc.nat(),
        junk,
        (document, nth, value) => {
          const places = placesOf(document);
          const checked = checkApplication(
            withValue(document, places[nth % places.length], value),
          );
          const problems = checked.ok ? [] : checked.problems;
          for (const { message } of problems) {
            expect(message).not.toMatch(
              /Invalid|expected|received|regex|undefined|\[object|zod|union|can not stand here/,
            );
            expect(message).toMatch(/[.?]$/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('anything at all', () => {
  it('makes the checker answer, never throw', () => {
    fc.assert(
      fc.property(
        fc.anything({
          withBigInt: true,
          withDate: true,
          withMap: true,
          withNullPrototype: true,
          withSparseArray: true,
        }),
        value => expect(typeof checkApplication(value).ok).toBe('boolean'),
      ),
      { numRuns: 500 },
    );
  });

  it('makes the reader answer, never throw', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'a:-[]{}&*!|>\'"%@`#,?\n\t \r') }),
    );
    fc.assert(
      fc.property(text, found => {
        const read = readApplications(found);
        expect(read.length).toBeGreaterThan(0);
        expect(read.every(({ checked }) => !checked.ok)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('makes the reader answer for a broken copy of a good file', () => {
    fc.assert(
      fc.property(
        arbitraryDocument(),
        fc.nat(),
        fc.string({ maxLength: 3 }),
        (document, at, inserted) => {
          const text = stringify(document);
          const place = at % text.length;
          const read = readApplications(
            `${text.slice(0, place)}${inserted}${text.slice(place + 1)}`,
          );
          for (const { checked } of read) {
            for (const { line, column } of checked.ok ? [] : checked.problems) {
              expect(line).toBeGreaterThanOrEqual(1);
              expect(column).toBeGreaterThanOrEqual(1);
            }
          }
        },
      ),
      { numRuns: 300 },
    );
  });
});
