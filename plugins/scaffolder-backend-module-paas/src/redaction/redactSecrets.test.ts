import { redactSecrets } from './redactSecrets';

const secret = 'pass "word"\\ &/+\nsecond line';
const redact = redactSecrets({ token: secret, count: 3, short: 'a' });

describe('S16: a secret in a text', () => {
  it.each([
    ['as it is', secret],
    ['as JSON', JSON.stringify(secret)],
    ['in an address', encodeURIComponent(secret)],
    ['in base64', Buffer.from(secret).toString('base64')],
    ['in base64 for addresses', Buffer.from(secret).toString('base64url')],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
  ])('is taken out %s', (_way, text) => {
    const redacted = redact(`found ${text} there, and ${text}`);
    expect(redacted).toContain('***');
    expect(redacted).not.toMatch(/word|line|cGFzcy|7061/);
    expect(redacted).toMatch(/^found "?\*\*\*"? there, and "?\*\*\*"?$/);
  });

  it('is not suggested either, in words that are like it', () => {
    const text = `name is ${secret}; it is none. Did you mean \`pass-word\`? Look.`;
    expect(redact(text)).toBe('name is ***; it is none. Look.');
    expect(redact('x. Did you mean `y`?')).toBe('x. Did you mean `y`?');
  });

  it('leaves everything else, and what is too short to be one', () => {
    expect(redact('a step of 3')).toBe('a step of 3');
  });
});
