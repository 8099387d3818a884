import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findViolations } from './findViolations';
import { roomOf } from './importMatrix';
import { repositoryRoot } from './workspaces';

describe('the borders between packages', () => {
  it('are respected by every package.json and every import', () => {
    expect(findViolations(repositoryRoot)).toEqual([]);
  });

  it.each([
    ['plugins/paas-common', 'common'],
    ['plugins/paas-node', 'node'],
    ['plugins/paas-backend', 'backend'],
    ['plugins/catalog-backend-module-paas', 'module'],
    ['plugins/paas', 'frontend'],
    ['packages/kube', 'kube'],
  ])('take %s for a %s package', (directory, room) => {
    expect(roomOf(directory)).toBe(room);
  });

  describe('in a repository that breaks them', () => {
    let root: string;

    const write = (file: string, text: string) => {
      const full = path.join(root, file);
      fs.mkdirSync(path.dirname(full), { recursive: true });
      fs.writeFileSync(full, text);
    };
    const pkg = (directory: string, name: string, dependencies = {}) =>
      write(
        `${directory}/package.json`,
        JSON.stringify({ name, dependencies }),
      );

    beforeEach(() => {
      root = fs.mkdtempSync(path.join(os.tmpdir(), 'understage-borders-'));
      pkg('packages/kube', '@u/kube');
      pkg('plugins/paas-common', '@u/plugin-paas-common');
      pkg('plugins/paas-backend', '@u/plugin-paas-backend');
      pkg('plugins/catalog-backend-module-paas', '@u/catalog-module');
      pkg('plugins/slo-common', '@u/plugin-slo-common');
      pkg('scripts', '@u/scripts');
    });

    afterEach(() => fs.rmSync(root, { recursive: true }));

    it.each([
      [
        'a domain that reads files',
        'plugins/paas-common/src/domain/x.ts',
        `import fs from 'node:fs';`,
        'observe in a shell',
      ],
      [
        'a common package that reaches for the cluster',
        'plugins/paas-common/src/x.ts',
        `import { a } from '@u/kube';`,
        'may not import @u/kube (kube): cluster access belongs to',
      ],
      [
        'a backend that imports a backend module',
        'plugins/paas-backend/src/x.ts',
        `export { a } from '@u/catalog-module';`,
        '"-node" package',
      ],
      [
        'the client library outside packages/kube',
        'plugins/paas-backend/src/x.ts',
        `const k = require('@kubernetes/client-node');`,
        'use the ports',
      ],
      [
        'a relative path into another package',
        'plugins/paas-backend/src/x.ts',
        `import '../../paas-common/src/index';`,
        'import the other package by its name',
      ],
      [
        'the core that imports an add-on',
        'plugins/paas-common/src/x.ts',
        `import type { Slo } from '@u/plugin-slo-common';`,
        'extension point of paas',
      ],
    ])('names the right place for %s', (_, file, text, sentence) => {
      write(file, text);
      expect(findViolations(root).join('\n')).toContain(sentence);
    });

    it('also reads package.json files', () => {
      pkg('plugins/paas-backend', '@u/plugin-paas-backend', {
        '@u/catalog-module': '*',
      });
      expect(findViolations(root)).toEqual([
        expect.stringContaining('plugins/paas-backend/package.json'),
      ]);
    });
  });
});
