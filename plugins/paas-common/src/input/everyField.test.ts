import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  stringify,
} from 'yaml';
import { applicationSpecSchema } from '../schema/applicationSchema';
import { Field, fieldModel } from '../schema/fieldModel';
import { tenantSpecSchema } from '../schema/tenantSchema';
import { FieldPath, formatPath, valueAt } from './fieldPath';
import { variantOf } from './fieldAt';
import { readTenants } from './checkTenant';
import { readApplications } from './readApplications';
import { wholeApplications } from './testing/wholeApplication';
import { wholeTenant } from './testing/wholeTenant';
import { wrongValues } from './testing/wrongValues';

interface Place {
  /** The resource that it stands in. */
  readonly resource: unknown;
  readonly path: FieldPath;
  readonly field: Field;
  readonly required: boolean;
}

/** The group that a value is of, where its field has groups at all. */
function groupOf(field: Field, value: unknown) {
  if (field.kind === 'group') return field;
  if (field.kind === 'variants') return variantOf(field, value);
  if (field.kind === 'either' && typeof value === 'object')
    return field.options.find(option => option.kind === 'group');
  return undefined;
}

/** Every field of the model as it stands in the resource, the first of each list included. */
function placesOf(place: Place): readonly Place[] {
  const { resource, path, field } = place;
  const value = valueAt(resource, path);
  if (value === undefined) return [];
  if (field.kind === 'list' && Array.isArray(value)) {
    const items = value.flatMap((_, index) =>
      placesOf({
        resource,
        path: [...path, index],
        field: field.item,
        required: false,
      }),
    );
    return [place, ...items];
  }
  const group = groupOf(field, value);
  if (!group || group.kind !== 'group') return [place];
  const inner = [...group.fields].flatMap(([name, each]) =>
    placesOf({
      resource,
      path: [...path, name],
      field: each,
      required: group.required.includes(name),
    }),
  );
  return [place, ...inner];
}

/** Fields of the model without the places where they stand: `components[].Job.backoffLimit`. */
function namesOf(field: Field, name: string): readonly string[] {
  switch (field.kind) {
    case 'list':
      return namesOf(field.item, `${name}[]`);
    case 'group':
      return [...field.fields].flatMap(([each, inner]) =>
        namesOf(inner, name === '' ? each : `${name}.${each}`),
      );
    case 'variants':
      return [...field.variants].flatMap(([type, group]) =>
        namesOf(group, `${name}.${type}`),
      );
    case 'either':
      return field.options.flatMap(option => namesOf(option, name));
    default:
      return [name];
  }
}

/** All probes are alike, and none is a request and a command at once. */
const ofAnyProbe = (name: string) =>
  name.replace(/liveness|readiness|startup/, 'any');

/** The same name for a place in a resource. */
function nameOf({ resource, path }: Place): string {
  return path
    .map((step, depth) => {
      if (typeof step === 'string') return `.${step}`;
      if (path[depth - 1] !== 'components') return '[]';
      const type = valueAt(resource, [...path.slice(0, depth + 1), 'type']);
      return `[].${String(type)}`;
    })
    .join('')
    .slice('.spec.'.length);
}

/** Every field of a resource as it stands there. */
const allPlacesOf = (resource: unknown, field: Field) =>
  placesOf({ resource, path: ['spec'], field, required: true });

const applicationModel = fieldModel(applicationSpecSchema, 'spec');
const applicationPlaces = wholeApplications.flatMap(application => {
  // Components are taken apart one by one, all else in the application that has it all.
  const isAlone = application.spec.components.length === 1;
  return allPlacesOf(application, applicationModel).filter(
    ({ path }) => isAlone === (path[1] === 'components' && path.length > 2),
  );
});
const tenantModel = fieldModel(tenantSpecSchema, 'spec');

/** The kinds that people write, each with resources in which every field of it stands. */
const kinds: readonly {
  readonly kind: string;
  readonly model: Field;
  readonly wholes: readonly unknown[];
  readonly places: readonly Place[];
  readonly read: typeof readApplications | typeof readTenants;
}[] = [
  {
    kind: 'an Application',
    model: applicationModel,
    wholes: wholeApplications,
    places: applicationPlaces,
    read: readApplications,
  },
  {
    kind: 'a Tenant',
    model: tenantModel,
    wholes: [wholeTenant],
    places: allPlacesOf(wholeTenant, tenantModel),
    read: readTenants,
  },
];

/** A copy of the resource with something else at one place; `undefined` takes it out. */
function changed({ resource, path }: Place, value: unknown): unknown {
  const copy: unknown = structuredClone(resource);
  const holder = valueAt(copy, path.slice(0, -1));
  if (typeof holder !== 'object' || holder === null)
    throw new Error(`nothing stands at ${formatPath(path)}`);
  const last = path[path.length - 1];
  if (value === undefined) Reflect.deleteProperty(holder, last);
  else Reflect.set(holder, last, value);
  return copy;
}

/** Line and column at which the parser of YAML sees a value begin; of one that is missing, the name of what lacks it. */
function positionOf(text: string, path: FieldPath) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const value = document.getIn(path, true);
  const holder = document.getIn(path.slice(0, -2), true);
  const name = path[path.length - 2];
  const named =
    path.length > 1 && isMap(holder)
      ? holder.items.find(({ key }) => isScalar(key) && key.value === name)?.key
      : document.getIn(path.slice(0, -1), true) ?? document.contents;
  const node = value === undefined ? named : value;
  if (!isNode(node) || !node.range)
    throw new Error(`nothing stands at ${formatPath(path)}`);
  const { line, col } = lines.linePos(node.range[0]);
  return { line, column: col };
}

describe.each(kinds)(
  'every field of $kind',
  ({ model, wholes, places, read }) => {
    function problemsOf(text: string) {
      const documents = read(text);
      expect(documents).toHaveLength(1);
      const [{ checked }] = documents;
      return checked.ok ? [] : checked.problems;
    }

    const cases = places.flatMap(place =>
      wrongValues(place.field, place.required).map(({ what, value }) => ({
        place,
        type:
          valueAt(place.resource, ['spec', 'components', 0, 'type']) ?? 'it',
        at: formatPath(place.path),
        what,
        value,
      })),
    );

    it('stands in what is taken apart here, which is right', () => {
      const shown = new Set(places.map(nameOf).map(ofAnyProbe));
      const missing = namesOf(model, '').filter(
        name => !shown.has(ofAnyProbe(name)),
      );
      expect(missing).toEqual([]);
      for (const whole of wholes)
        expect(problemsOf(stringify(whole))).toEqual([]);
    });

    it.each(cases)('$type: $at: $what', ({ place, at, what, value }) => {
      const text = stringify(changed(place, value));
      const problems = problemsOf(text);
      expect(problems.map(problem => problem.path)).toEqual([at]);
      const [{ line, column, message, found, allowed }] = problems;
      expect({ line, column }).toEqual(positionOf(text, place.path));
      expect(message).toMatch(/[.?]$/);
      expect(allowed).toBeTruthy();
      expect(found === undefined).toBe(what === 'missing');
    });

    const groups = places.filter(({ resource, path, field }) =>
      groupOf(field, valueAt(resource, path)),
    );

    it.each(groups.map(place => ({ place, at: formatPath(place.path) })))(
      'a name that $at does not know is one problem, at the name',
      ({ place }) => {
        const { resource, path } = place;
        const unknown = [...path, 'zzyzx'];
        const value = valueAt(resource, path);
        const wrong = changed(place, { ...Object(value), zzyzx: 1 });
        const text = stringify(wrong);
        const problems = problemsOf(text);
        expect(problems.map(problem => problem.path)).toEqual([
          formatPath(unknown),
        ]);
        const [{ line = 0, column = 0, found, allowed, message }] = problems;
        expect(text.split('\n')[line - 1].slice(column - 1)).toBe('zzyzx: 1');
        expect(found).toBe('zzyzx');
        expect(allowed).toBeTruthy();
        expect(message).toContain('Unknown field `zzyzx`');
      },
    );

    const lists = places.filter(
      ({ field, resource, path }) =>
        field.kind === 'list' &&
        field.kubernetes['x-kubernetes-list-type'] === 'map' &&
        Array.isArray(valueAt(resource, path)),
    );

    it.each(lists.map(place => ({ place, at: formatPath(place.path) })))(
      'an entry of $at that stands there twice is told at the second',
      ({ place }) => {
        const value = valueAt(place.resource, place.path);
        const [first, ...rest] = Array.isArray(value) ? value : [];
        const text = stringify(changed(place, [first, ...rest, first]), {
          aliasDuplicateObjects: false,
        });
        const second = [...place.path, rest.length + 1];
        const problems = problemsOf(text);
        expect(problems.length).toBeGreaterThan(0);
        expect(
          problems.filter(({ path }) => !path.startsWith(formatPath(second))),
        ).toEqual([]);
        for (const { line, column, found } of problems) {
          expect(line).toBeGreaterThanOrEqual(positionOf(text, second).line);
          expect(column).toBeGreaterThan(1);
          expect(found).toBeTruthy();
        }
      },
    );
  },
);
