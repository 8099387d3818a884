import { createServerVersion } from './serverVersion';

function setUp() {
  let now = 0;
  let answer: () => Promise<string> = async () => 'v1.36.3';
  let asked = 0;
  const version = createServerVersion({
    read: () => {
      asked += 1;
      return answer();
    },
    monotonic: () => now,
  });
  return {
    version,
    asked: () => asked,
    pass: (minutes: number) => {
      now += minutes * 60_000;
    },
    answerWith: (next: typeof answer) => {
      answer = next;
    },
  };
}

describe('the version of the cluster', () => {
  it('is asked for once, however many charts are rendered at a time', async () => {
    const { version, asked } = setUp();
    const all = await Promise.all([version(), version(), version()]);
    expect(all).toEqual(['v1.36.3', 'v1.36.3', 'v1.36.3']);
    expect(asked()).toBe(1);
  });

  it('is asked for again after ten minutes: clusters are upgraded under us', async () => {
    const { version, pass, answerWith } = setUp();
    await version();
    answerWith(async () => 'v1.37.0');
    pass(9);
    expect(await version()).toBe('v1.36.3');
    pass(1);
    expect(await version()).toBe('v1.37.0');
  });

  it('is asked for again at once when there was no answer', async () => {
    const { version, answerWith } = setUp();
    answerWith(async () => {
      throw new Error('connection reset');
    });
    await expect(version()).rejects.toThrow('connection reset');
    answerWith(async () => 'v1.36.3');
    expect(await version()).toBe('v1.36.3');
  });
});
