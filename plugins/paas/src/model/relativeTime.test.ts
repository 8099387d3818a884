import { absoluteTime, age, relativeTime } from './relativeTime';

const now = new Date('2026-11-20T12:00:00Z');

describe('relative time', () => {
  it.each([
    ['2026-11-20T11:59:59Z', 'just now'],
    ['2026-11-20T11:59:46Z', '10 seconds ago'],
    ['2026-11-20T11:59:01Z', '50 seconds ago'],
    ['2026-11-20T11:59:00Z', '1 minute ago'],
    ['2026-11-20T11:01:00Z', '59 minutes ago'],
    ['2026-11-20T11:00:00Z', '1 hour ago'],
    ['2026-11-19T12:00:01Z', '23 hours ago'],
    ['2026-11-18T12:00:00Z', '2 days ago'],
    ['2026-09-20T12:00:00Z', '2 months ago'],
    ['2024-11-20T12:00:00Z', '2 years ago'],
  ])('of %s is %s', (time, text) => {
    expect(relativeTime(time, now)).toBe(text);
  });

  it('of a clock that is a little ahead is now', () => {
    expect(relativeTime('2026-11-20T12:00:40Z', now)).toBe('just now');
  });

  it('of something to come says so', () => {
    expect(relativeTime('2026-11-20T14:00:00Z', now)).toBe('in 2 hours');
  });

  it('of nonsense says that it is not known', () => {
    expect(relativeTime('yesterday', now)).toBe('at an unknown time');
  });
});

describe('age', () => {
  it('is the same without "ago"', () => {
    expect(age('2026-11-20T11:57:00Z', now)).toBe('3 minutes');
    expect(age('2026-11-20T11:59:58Z', now)).toBe('a few seconds');
  });
});

describe('absolute time', () => {
  it('names the year and the zone', () => {
    expect(absoluteTime('2026-11-20T12:00:00Z')).toMatch(
      /2026.*(UTC|GMT|[A-Z]{2,5}|[+-]\d)/,
    );
  });

  it('leaves nonsense as it is', () => {
    expect(absoluteTime('yesterday')).toBe('yesterday');
  });
});
