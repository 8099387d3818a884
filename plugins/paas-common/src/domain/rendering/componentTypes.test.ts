import { componentSchema } from '../../schema/componentSchema';
import { recordAt } from '../jsonValue';
import { componentTypes, prepareComponent } from './componentTypes';
import { applicationOf } from './testing/applicationOf';
import { renderComponent } from './testing/renderComponent';
import { resolveContext } from './testing/resolveContext';

describe('componentTypes', () => {
  it('render every type that the schema knows, each once', () => {
    const known = componentSchema.options.map(
      option => option.shape.type.value,
    );
    expect(componentTypes.map(({ type }) => type).sort()).toEqual(
      [...known].sort(),
    );
  });

  it('leave components of other types to others', () => {
    const scope = {
      application: 'shop',
      deletionPolicy: 'Retain' as const,
      context: resolveContext(),
    };
    const { spec } = applicationOf({
      components: [{ name: 'web', type: 'Job', image: 'web:1' }],
    });
    const answering = componentTypes.filter(
      renderer => renderer.prepare(spec.components[0], scope) !== undefined,
    );
    expect(answering.map(({ type }) => type)).toEqual(['Job']);
    expect(prepareComponent(spec.components[0], scope).kind).toBe('prepared');
  });
});

describe('a Deployment', () => {
  const spec = (fields: object) =>
    recordAt(renderComponent({ ...fields }).object('Deployment'), 'spec');

  it('selects by what never changes', () => {
    expect(spec({}).selector).toEqual({
      matchLabels: {
        'understage.dev/application': 'shop',
        'understage.dev/component': 'web',
      },
    });
  });

  it('rolls as Kubernetes does, or as it is told', () => {
    expect(spec({})).not.toHaveProperty('strategy');
    expect(spec({ availability: { maxUnavailable: 2 } }).strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 2 },
    });
    expect(spec({ availability: { maxUnavailable: 0 } }).strategy).toEqual({
      type: 'RollingUpdate',
      rollingUpdate: { maxUnavailable: 0, maxSurge: 1 },
    });
  });

  it('keeps no replicas when none are asked for', () => {
    expect(spec({ replicas: 0 }).replicas).toBe(0);
  });
});

describe('a StatefulSet', () => {
  it('gives its replicas names through a Service of their own', () => {
    const { object } = renderComponent({
      type: 'StatefulSet',
      ports: [{ port: 80 }],
    });
    expect(recordAt(object('StatefulSet'), 'spec').serviceName).toBe(
      'shop-web-peers',
    );
    expect(object('Service', 'shop-web-peers').spec).toMatchObject({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
      ports: [{ name: 'p80', port: 80 }],
    });
    expect(object('Service', 'web')).toBeDefined();
  });

  it("has a name short enough for its pods' labels", () => {
    const name = 'a'.repeat(63);
    expect(
      renderComponent({ type: 'StatefulSet', name }).object('StatefulSet')
        .metadata.name,
    ).toHaveLength(52);
  });
});

describe('a Job', () => {
  const name = (fields: object = {}) =>
    renderComponent({ type: 'Job', ...fields }).object('Job').metadata.name;

  it('is a new one for each change, and the same for none', () => {
    expect(name()).toMatch(/^shop-web-[b-z0-9]{8}$/);
    expect(name()).toBe(name());
    const changed = [
      name({ image: 'web:2' }),
      name({ args: ['x'] }),
      name({ backoffLimit: 1 }),
      name({ files: [{ path: '/a', content: 'x' }] }),
    ];
    expect(new Set([name(), ...changed]).size).toBe(5);
  });

  it('never starts its pods again by itself, and is not cleaned away: it would run again', () => {
    const { pod, object } = renderComponent({ type: 'Job' });
    expect(pod.restartPolicy).toBe('Never');
    expect(object('Job').spec).not.toHaveProperty('ttlSecondsAfterFinished');
  });
});

describe('a CronJob', () => {
  const spec = (fields: object = {}) =>
    recordAt(
      renderComponent({
        type: 'CronJob',
        schedule: '0 3 * * *',
        ...fields,
      }).object('CronJob'),
      'spec',
    );

  it('runs in UTC unless told otherwise, one run at a time', () => {
    expect(spec()).toMatchObject({
      schedule: '0 3 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
    });
    expect(spec({ timeZone: 'Europe/Berlin' }).timeZone).toBe('Europe/Berlin');
  });

  it('has a name short enough for its jobs', () => {
    const name = 'a'.repeat(63);
    const { object } = renderComponent({
      type: 'CronJob',
      schedule: '0 3 * * *',
      name,
    });
    expect(object('CronJob').metadata.name).toHaveLength(52);
  });
});
