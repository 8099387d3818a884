import { createProgress } from '../stack/progress';
import { memoryBenchmark } from './memory';
import { podText } from './podText';

describe('the memory benchmark, in small', () => {
  it('measures pods that are as large as real ones', () => {
    expect(podText(7).length).toBeGreaterThan(9_000);
    expect(JSON.parse(podText(7)).metadata.name).not.toBe(
      JSON.parse(podText(8)).metadata.name,
    );
  });

  it('says what a pod costs', async () => {
    const [measurement] = await memoryBenchmark.run({
      progress: createProgress({ write: () => {}, now: () => 0 }),
      scale: 0.1,
      crowd: () => Promise.reject(new Error('not used')),
      emptyPlane: () => Promise.reject(new Error('not used')),
    });
    expect(measurement).toMatchObject({ bench: 'memory', goal: { atMost: 1 } });
    expect(measurement.value).toBeGreaterThan(0);
  });
});
