import { selectVersion } from './selectVersion';

const available = ['1.0.0', '2.1.0', '2.0.3', '3.0.0-rc.1', 'v0.9.0', 'junk'];
const pick = (wanted?: string) =>
  selectVersion({ chart: 'bitnami/redis', available, wanted });

describe('selectVersion', () => {
  it.each([
    [undefined, '2.1.0'],
    ['', '2.1.0'],
    ['1.0.0', '1.0.0'],
    ['0.9.0', 'v0.9.0'],
    ['v0.9.0', 'v0.9.0'],
    ['3.0.0-rc.1', '3.0.0-rc.1'],
    ['^2.0.0', '2.1.0'],
    ['~2.0.0', '2.0.3'],
    ['2.x', '2.1.0'],
    ['>=1.0.0, <2.1.0', '2.0.3'],
    ['1.0.0 || 2.0.3', '2.0.3'],
    ['*', '2.1.0'],
  ])('%j is %s', (wanted, version) => {
    expect(pick(wanted)).toBe(version);
  });

  it.each([
    '9.9.9',
    '^4',
    '/../',
    '../../etc',
    'latest',
    '1.0.0; rm -rf /',
    '\u001b[31m1.0.0',
    '1'.repeat(200),
  ])('S21: %j is answered with the versions that there are', wanted => {
    expect(() => pick(wanted)).toThrow(
      expect.objectContaining({
        reason: 'ChartNotFound',
        message: expect.stringContaining(
          'the newest are 3.0.0-rc.1, 2.1.0, 2.0.3, 1.0.0, v0.9.0',
        ),
      }),
    );
  });

  it('never takes a version that may break for its own', () => {
    expect(() =>
      selectVersion({ chart: 'bitnami/redis', available: ['1.0.0-alpha'] }),
    ).toThrow(
      'bitnami/redis has no stable version; the newest are 1.0.0-alpha. Set version to take one of them.',
    );
    expect(() =>
      selectVersion({ chart: 'bitnami/redis', available: [] }),
    ).toThrow('it has none');
  });
});
