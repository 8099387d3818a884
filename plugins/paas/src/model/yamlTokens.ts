/** A piece of a YAML line and what it is, for colouring. */
export interface YamlToken {
  readonly kind: 'key' | 'comment' | 'text';
  readonly text: string;
}

const keyLine = /^(\s*(?:- +)*)([^\s#'"{[][^:#]*?|"[^"]*"|'[^']*')(:)(\s.*|)$/;

/** Splits one line into indentation and dashes, key, and the rest. Joined again, the pieces are the line. */
export function yamlTokens(line: string): readonly YamlToken[] {
  if (line.trimStart().startsWith('#'))
    return [{ kind: 'comment', text: line }];
  const match = keyLine.exec(line);
  if (!match) return [{ kind: 'text', text: line }];
  const [, lead, key, colon, rest] = match;
  const tokens: YamlToken[] = [
    { kind: 'text', text: lead },
    { kind: 'key', text: key },
    { kind: 'text', text: `${colon}${rest}` },
  ];
  return tokens.filter(token => token.text !== '');
}
