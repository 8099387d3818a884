/** Shorter ones stand in every text. */
const SHORTEST = 3;
const HIDDEN = '***';
// What is like a secret gives it away.
const suggestion = / Did you mean `[^`]*`\?/g;

/** How a secret may be spelled in a log or in an error. */
function spellingsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    secret.trim(),
    JSON.stringify(secret).slice(1, -1),
    encodeURIComponent(secret),
    bytes.toString('base64'),
    bytes.toString('base64').replace(/=+$/, ''),
    bytes.toString('base64url'),
    bytes.toString('hex'),
  ];
}

/**
 * Takes the secrets of a run out of a text, however they are spelled there. Backstage itself looks for them as they were
 * entered: a message that quotes one as JSON would show it.
 */
export function redactSecrets(
  secrets: Readonly<Record<string, unknown>>,
): (text: string) => string {
  const spellings = Object.values(secrets)
    .filter(secret => typeof secret === 'string')
    .flatMap(spellingsOf)
    .filter(({ length }) => length >= SHORTEST)
    // Of two that begin alike the longer one first: nothing of it is left over.
    .sort((left, right) => right.length - left.length);
  return text => {
    const hidden = spellings.reduce(
      (shown, spelling) => shown.replaceAll(spelling, HIDDEN),
      text,
    );
    return hidden === text ? text : hidden.replaceAll(suggestion, '');
  };
}
