import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { codeLines, countLines } from './testRatio';
import { repositoryRoot } from './workspaces';

describe('lines of tests for each line of source', () => {
  it.each(['packages/kube/src'])('are 1.5 at least in %s', tree => {
    const { source, test } = countLines(repositoryRoot, tree);
    expect(test / source).toBeGreaterThanOrEqual(1.5);
  });

  it('are lines of code: neither blank nor comment', () => {
    expect(
      codeLines(
        [
          '/** What it',
          ' * does. */',
          'export const a = 1; // one',
          '',
          '  // why',
          '/* x */ const b = 2;',
        ].join('\n'),
      ),
    ).toBe(2);
  });

  it('count what tests are made of on their side', () => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'understage-ratio-'));
    try {
      fs.mkdirSync(path.join(root, 'src/testing'), { recursive: true });
      const write = (file: string, lines: number) =>
        fs.writeFileSync(path.join(root, 'src', file), 'a;\n'.repeat(lines));
      write('a.ts', 2);
      write('b.tsx', 3);
      write('a.test.ts', 7);
      write('testing/world.ts', 11);
      write('notes.md', 100);
      expect(countLines(root, 'src')).toEqual({ source: 5, test: 18 });
    } finally {
      fs.rmSync(root, { recursive: true });
    }
  });
});
