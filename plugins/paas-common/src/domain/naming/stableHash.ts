// Two independent 32-bit lanes (the mixing steps of MurmurHash3) over UTF-16 code units: about 2^-64 for an accidental
// collision. That is enough here: a collision of names meets the ownership check, a collision of contents delays one
// roll-out until the next change. It is not a defence against somebody who searches for collisions, and need not be one:
// both texts would come from the same tenant.
function mix(lane: number): number {
  let mixed = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

function lanesOf(text: string): [number, number] {
  let first = 0x9747b28c;
  let second = 0x3c6ef372;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 0x9e3779b1);
    second = Math.imul(second ^ unit, 0x5f356495);
    first ^= first >>> 15;
    second ^= second >>> 13;
  }
  return [mix(first ^ text.length ^ second), mix(second ^ (first << 7))];
}

/** A 64-bit hash of a text as 16 hexadecimal digits; the same on every platform, for ever: names contain it. */
export function stableHash(text: string): string {
  return lanesOf(text)
    .map(lane => lane.toString(16).padStart(8, '0'))
    .join('');
}

// No vowels and no digits that look like letters: a hash never spells a word.
const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** A hash of a text as 8 characters that may stand anywhere in a DNS label (38 bits). */
export function shortHash(text: string): string {
  const digits: string[] = [];
  for (const lane of lanesOf(text)) {
    let rest = lane;
    for (let index = 0; index < 4; index++) {
      digits.push(alphabet[rest % alphabet.length]);
      rest = Math.floor(rest / alphabet.length);
    }
  }
  return digits.join('');
}
