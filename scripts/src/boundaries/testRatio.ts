import fs from 'node:fs';
import path from 'node:path';

/** Lines of code of a tree: comments and blank lines are not counted, on either side. */
export interface LineCount {
  readonly source: number;
  readonly test: number;
}

const isTest = (file: string) =>
  /\.test\.tsx?$/.test(file) || /\/(testing|__testUtils__)\//.test(file);

/** Lines that hold code. Good enough for counting: a comment mark within a text may cost a line. */
export function codeLines(text: string): number {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('//')).length;
}

function filesBelow(folder: string): readonly string[] {
  return fs.readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const full = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(full);
    return /\.tsx?$/.test(entry.name) ? [full] : [];
  });
}

/** Counts a tree, given relative to the root. What tests are made of (`testing/`) counts as test. */
export function countLines(root: string, tree: string): LineCount {
  const files = filesBelow(path.join(root, tree));
  const sum = (wanted: boolean) =>
    files
      .filter(file => isTest(file.slice(root.length)) === wanted)
      .reduce((all, file) => all + codeLines(fs.readFileSync(file, 'utf8')), 0);
  return { source: sum(false), test: sum(true) };
}
