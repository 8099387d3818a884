import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { repositoryRoot } from '../boundaries/workspaces';
import { staleFiles, writeFiles } from './staleFiles';

describe('generated files', () => {
  it('in this checkout are what the schemas say; else run npm run generate', () => {
    expect(staleFiles(repositoryRoot)).toEqual([]);
  });

  describe('in a checkout without them', () => {
    let root: string;
    beforeEach(() => {
      root = fs.mkdtempSync(path.join(os.tmpdir(), 'understage-generate-'));
      fs.cpSync(
        path.join(repositoryRoot, 'examples'),
        path.join(root, 'examples'),
        { recursive: true },
      );
    });
    afterEach(() => fs.rmSync(root, { recursive: true }));

    it('are stale until they are written, and again when somebody edits one', () => {
      expect(staleFiles(root)).toHaveLength(7);
      expect(writeFiles(root)).toHaveLength(7);
      expect(writeFiles(root)).toEqual([]);
      fs.appendFileSync(path.join(root, 'docs/reference/reasons.md'), 'x');
      expect(staleFiles(root)).toEqual(['docs/reference/reasons.md']);
    });
  });
});
