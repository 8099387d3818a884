import fc from 'fast-check';
import { createProjection } from '../projection';
import { applicationOf } from '../rendering/testing/applicationOf';
import { assessHealth } from './assessHealth';
import {
  Capture,
  captureNames,
  readCapture,
  shortlyAfter,
} from './testing/captures';

function health(capture: Capture) {
  const names = capture.objects.flatMap(
    object => object.metadata.labels?.['understage.dev/component'] ?? [],
  );
  const application = applicationOf({
    components: [...new Set(names)].map(name => ({
      name,
      type: 'Deployment',
      image: 'web:1',
    })),
  });
  return assessHealth({
    application,
    objects: capture.objects,
    events: capture.events,
    now: shortlyAfter(capture),
  });
}

/** Generated parts of pod names, which are none of the sentence's business. */
function withoutSuffixes(message: string): string {
  return message.replace(/shop-web-[0-9a-z]{8,10}-[0-9a-z]{5}/g, 'shop-web-*');
}

const sentences: Readonly<Record<string, readonly [string, string, string]>> = {
  healthy: ['Ready', 'Ready', 'web: 3 of 3 pods ready.'],
  'stateful-healthy': ['Ready', 'Ready', 'db: 3 of 3 pods ready.'],
  'scaled-to-zero': ['Ready', 'ScaledToZero', 'web: scaled to zero.'],
  job: ['Ready', 'Completed', 'migrate: ran to its end.'],
  'cron-job': [
    'Ready',
    'Ready',
    'nightly: runs at 0 3 * * *; the last run succeeded.',
  ],
  'bad-rollout': [
    'Degraded',
    'ImagePullFailed',
    'web: 3 of 3 pods ready, 1 of 3 updated; shop-web-* can not pull the image registry.example.com/shop/web:2.0: the registry has no such image',
  ],
  'crash-loop': [
    'Failed',
    'CrashLoop',
    'web: 0 of 3 pods ready; 3 pods (shop-web-*, ...) can not keep running: container app exits with code 1, restarted 5 times',
  ],
  deadline: [
    'Failed',
    'ProbeFailing',
    'web: 0 of 3 pods ready; 3 pods (shop-web-*, ...) did not pass the readiness probe: HTTP status 503',
  ],
  'failed-job': [
    'Failed',
    'JobFailed',
    'migrate: ran longer than its deadline',
  ],
  'image-pull': [
    'Failed',
    'ImagePullFailed',
    'web: 0 of 3 pods ready; 3 pods (shop-web-*, ...) can not pull the image registry.example.com/shop/web:1.0: the registry has no such image',
  ],
  'limit-range': [
    'Failed',
    'AdmissionRefused',
    "web: 0 of 3 pods ready; pods can not be created: the namespace's limit range refused: maximum cpu usage per Container is 1, but limit is 4",
  ],
  'missing-claim': [
    'Failed',
    'VolumePending',
    'web: 0 of 1 pod ready; shop-web-* can not be scheduled: the volume shop-data does not exist',
  ],
  'node-selector': [
    'Failed',
    'Unschedulable',
    'web: 0 of 3 pods ready; 3 pods (shop-web-*, ...) can not be scheduled: 3 nodes do not match its node selector',
  ],
  'not-ready': [
    'Progressing',
    'ProbeFailing',
    'web: 0 of 3 pods ready; 3 pods (shop-web-*, ...) did not pass the readiness probe: HTTP status 503',
  ],
  'out-of-memory': [
    'Failed',
    'OutOfMemory',
    'web: 0 of 3 pods ready; 3 pods (shop-web-*, ...) ran out of memory (container app, its limit is 256Mi, restarted 5 times)',
  ],
  quota: [
    'Degraded',
    'QuotaExceeded',
    'web: 1 of 3 pods ready; pods can not be created: the quota compute of the namespace is used up: pods 1 asked for, 1 of 1 used',
  ],
  'quota-limits': [
    'Failed',
    'QuotaExceeded',
    'web: 0 of 3 pods ready; pods can not be created: the quota compute counts resources that are not declared: set limits.cpu for: app',
  ],
  'service-account': [
    'Failed',
    'ContainerConfigInvalid',
    'web: 0 of 3 pods ready; pods can not be created: the service account nobody does not exist',
  ],
  'stateful-crash': [
    'Failed',
    'CrashLoop',
    'db: 0 of 3 pods ready; shop-db-0 can not keep running: container app exits with code 1, restarted 5 times; 2 more pods wait until shop-db-0 is ready',
  ],
  'storage-class': [
    'Failed',
    'VolumePending',
    'db: 0 of 3 pods ready; the volume data-shop-db-0 is not bound: the storage class fast does not exist; 2 more pods wait until shop-db-0 is ready',
  ],
  unschedulable: [
    'Degraded',
    'Unschedulable',
    'web: 3 of 5 pods ready; 2 pods (shop-web-*, ...) can not be scheduled: 3 nodes have too little cpu',
  ],
};

describe('what a real cluster shows', () => {
  it.each(Object.entries(sentences))(
    'is told in one sentence: %s',
    (name, [state, reason, message]) => {
      const found = health(readCapture(name));
      expect({
        ...found,
        message: withoutSuffixes(found.message),
      }).toMatchObject({ state, reason, message });
    },
  );

  it('names what the pod security standard of a namespace asks for', () => {
    const { state, reason, message } = health(readCapture('pod-security'));
    expect({ state, reason }).toEqual({
      state: 'Failed',
      reason: 'AdmissionRefused',
    });
    expect(message).toContain('pod security standard restricted: ');
    expect(message).toContain('securityContext.runAsNonRoot=true');
  });

  it('has a sentence for every capture', () => {
    expect([...Object.keys(sentences), 'pod-security'].sort()).toEqual([
      ...captureNames,
    ]);
  });

  it.each(captureNames)(
    'is told the same from a cache that keeps only a part of it: %s',
    name => {
      const capture = readCapture(name);
      const project = createProjection();
      const projected = {
        objects: capture.objects.map(project),
        events: capture.events.map(project),
      };
      expect(health(projected)).toEqual(health(capture));
    },
  );

  it('is told the same in whatever order it is seen', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...captureNames).chain(name => {
          const capture = readCapture(name);
          return fc.record({
            capture: fc.constant(capture),
            objects: fc.shuffledSubarray(capture.objects, {
              minLength: capture.objects.length,
            }),
            events: fc.shuffledSubarray(capture.events, {
              minLength: capture.events.length,
            }),
          });
        }),
        ({ capture, objects, events }) => {
          expect(health({ objects, events })).toEqual(health(capture));
        },
      ),
    );
  });

  it('never makes health fail, however much of it is missing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...captureNames).chain(name => {
          const { objects, events } = readCapture(name);
          return fc.record({
            objects: fc.subarray(objects, { minLength: 1 }),
            events: fc.subarray(events),
          });
        }),
        capture => {
          expect(health(capture).message).not.toBe('');
        },
      ),
    );
  });
});
