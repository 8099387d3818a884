// What comes in from outside is held against these before it gets near git or the file system.

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const branchPattern = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;
const commitPattern = /^[0-9a-f]{40}$/;
const LONGEST_PATH = 1024;

/** A name of an organisation or a repository: one plain folder, whatever is written. */
export function isName(text: string): boolean {
  return (
    namePattern.test(text) &&
    !text.includes('..') &&
    !/\.(git|lock|wiki)$/i.test(text)
  );
}

/** The full reference of a branch, or a commit; `undefined` for anything else, options of git included. */
export function revisionOf(text: string): string | undefined {
  if (commitPattern.test(text)) return text;
  const plain =
    branchPattern.test(text) && !/\.\.|\/\/|\/$|\.lock|\/\./.test(text);
  return plain ? `refs/heads/${text}` : undefined;
}

function hasControls(text: string): boolean {
  return [...text].some(sign => sign < ' ' || sign === '\u007f');
}

/** A path inside a commit's tree, which `git` itself looks up: no file system is involved. */
export function isTreePath(text: string): boolean {
  const segments = text.split('/');
  return (
    text.length <= LONGEST_PATH &&
    !hasControls(text) &&
    segments.every(part => part !== '' && part !== '.' && part !== '..')
  );
}
