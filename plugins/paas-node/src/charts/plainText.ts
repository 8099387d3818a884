/* eslint-disable no-control-regex -- control characters are what this file is about */

/** ECMA-48 sequences: CSI, OSC (title, links, clipboard), and two-character escapes, in their 7 and 8 bit forms. */
const escapeSequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u009d\u0090\u0098\u009e\u009f])[^\u0007\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)?|\u001b[ -/]*[0-~]/g;
/** Everything else that a terminal acts on, and marks that reorder text (a name that reads backwards is a lie). */
const controlCharacters =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text from outside (charts, events, names, logs) without anything a terminal would act on. Line breaks and tabs stay;
 * `\r\n` becomes `\n`, so that a lone carriage return can not overwrite what stands before it.
 */
export function plainText(text: string): string {
  return text
    .replace(/\r\n/g, '\n')
    .replace(escapeSequences, '')
    .replace(controlCharacters, '');
}

/** The same on one line of at most `max` characters. */
export function plainLine(text: string, max = 600): string {
  const line = plainText(text).replace(/\s+/g, ' ').trim();
  return line.length <= max ? line : `${line.slice(0, max - 3)}...`;
}
