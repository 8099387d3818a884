import fc from 'fast-check';
import { childName, CRON_JOB_NAME_LIMIT, shortenedName } from './childName';

const long = 'a'.repeat(63);

describe('childName', () => {
  // Exact texts: a changed name orphans the objects of running applications.
  it.each([
    [{ application: 'user-service', component: 'redis' }, 'user-service-redis'],
    [
      { application: 'shop', component: 'web', suffix: 'files' },
      'shop-web-files',
    ],
    [{ application: '2048', component: 'web' }, 'u-2048-web'],
    [{ application: long, component: 'web' }, `${'a'.repeat(54)}-sjtr7ssh`],
    [{ application: long, component: long }, `${'a'.repeat(54)}-2l7b2g98`],
    [
      { application: long, component: 'web', suffix: 'files' },
      `${'a'.repeat(54)}-hnrqkmrt`,
    ],
    [
      {
        application: 'recommendations',
        component: 'nightly-retraining-of-everything-we-know',
        limit: CRON_JOB_NAME_LIMIT,
      },
      'recommendations-nightly-retraining-of-every-pqqrpsbn',
    ],
  ])('of %j is %s', (parts, name) => {
    expect(childName(parts)).toBe(name);
  });

  it('does not end its first part with a dash when it cuts there', () => {
    const application = `${'a'.repeat(53)}-${'b'.repeat(9)}`;
    expect(childName({ application, component: 'web' })).toMatch(
      /^a{53}-[b-z0-9]{8}$/,
    );
  });

  it('leaves a name of exactly the limit alone', () => {
    const application = 'a'.repeat(59);
    expect(childName({ application, component: 'web' })).toBe(
      `${application}-web`,
    );
    expect(
      childName({ application: `${application}a`, component: 'web' }),
    ).toHaveLength(63);
  });

  const label = fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);

  it('is a DNS label that begins with a letter, whatever the names', () => {
    fc.assert(
      fc.property(
        label,
        label,
        fc.option(label, { nil: undefined }),
        (application, component, suffix) => {
          const name = childName({ application, component, suffix });
          expect(name).toMatch(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/);
        },
      ),
    );
  });

  it('differs for different components of one application', () => {
    fc.assert(
      fc.property(label, label, label, (application, one, other) => {
        fc.pre(one !== other);
        expect(childName({ application, component: one })).not.toBe(
          childName({ application, component: other }),
        );
      }),
    );
  });

  it('stays within a smaller limit, and differs from the name of the full one', () => {
    fc.assert(
      fc.property(label, label, (application, component) => {
        const name = childName({
          application,
          component,
          limit: CRON_JOB_NAME_LIMIT,
        });
        expect(name.length).toBeLessThanOrEqual(CRON_JOB_NAME_LIMIT);
      }),
    );
  });

  it('tells apart long names that begin alike', () => {
    const name = (component: string) =>
      childName({ application: 'a'.repeat(50), component });
    expect(name(`${'b'.repeat(40)}1`)).not.toBe(name(`${'b'.repeat(40)}2`));
  });

  it('hashes the parts, not their text: a-b + c and a + b-c differ once they are shortened', () => {
    const tail = 'x'.repeat(60);
    expect(childName({ application: 'a-b', component: `c-${tail}x` })).not.toBe(
      childName({ application: 'a', component: `b-c-${tail}x` }),
    );
  });
});

describe('shortenedName', () => {
  it('keeps what fits and hashes what does not', () => {
    expect(shortenedName('abc', 3)).toBe('abc');
    expect(shortenedName('abcdefghijklmnop', 12)).toMatch(/^abc-[b-z0-9]{8}$/);
  });
});
