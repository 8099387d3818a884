import { refusersOf } from './__testUtils__/attack';
import { attacks, uses } from './__testUtils__/attacks';
import {
  createIsolationWorld,
  IsolationWorld,
} from './__testUtils__/createIsolationWorld';
import { verdictOf } from './__testUtils__/verdict';

let world: IsolationWorld;
beforeAll(async () => {
  world = await createIsolationWorld();
}, 180_000);
afterAll(() => world?.stop(), 60_000);

describe.each(Object.entries(attacks))('%s', (_, each) => {
  it.each(each)('$id: $title', async attack => {
    const answer = await world.attempt(attack.as, attack.request);
    const verdict = verdictOf(answer);
    const refusers = refusersOf(attack);
    // The server's own words are shown when somebody else says no.
    expect({ verdict, words: answer.message }).toEqual({
      verdict: refusers.includes(verdict) ? verdict : refusers,
      words: expect.any(String),
    });
  });
});

describe('what tenants and platform need goes on working', () => {
  it.each(uses)('$title', async use => {
    const answer = await world.attempt(use.as, use.request);
    expect(answer).toMatchObject({ message: '' });
    expect(answer.status).toBeLessThan(300);
  });
});
