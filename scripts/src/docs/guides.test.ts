import fs from 'node:fs';
import path from 'node:path';
import { reasons } from '@understage/plugin-paas-common';
import { parse } from 'yaml';
import { repositoryRoot } from '../boundaries/workspaces';

const read = (file: string) =>
  fs.readFileSync(path.join(repositoryRoot, file), 'utf8');

const guide = read('docs/guides/why-not-running.md');

/** Every page that the menu of the documentation leads to. */
function pagesOf(nav: unknown): readonly string[] {
  if (typeof nav === 'string') return [nav];
  if (Array.isArray(nav)) return nav.flatMap(pagesOf);
  return Object.values(nav ?? {}).flatMap(pagesOf);
}

function markdownFiles(folder: string): readonly string[] {
  return fs
    .readdirSync(path.join(repositoryRoot, 'docs', folder), {
      recursive: true,
      encoding: 'utf8',
    })
    .filter(file => file.endsWith('.md'))
    .map(file => path.posix.join(folder, file));
}

describe('the guide "Why is my service not running?"', () => {
  const sections = [...guide.matchAll(/^### (.+)$/gm)].map(([, title]) => title);

  it('has one section for each reason, and none for anything else', () => {
    expect([...sections].sort()).toEqual(Object.keys(reasons).sort());
  });

  it.each(sections)('has something to say about %s', reason => {
    const [, section] = guide.split(`### ${reason}\n`);
    const [text] = section.split(/^##/m);
    expect(text.trim().length).toBeGreaterThan(30);
  });
});

describe('the menu of the documentation', () => {
  const { nav } = parse(read('mkdocs.yml'));
  const pages = pagesOf(nav);

  it('leads to pages that exist, each of them once', () => {
    expect(pages.filter(page => !fs.existsSync(`${repositoryRoot}/docs/${page}`))).toEqual([]);
    expect(new Set(pages).size).toBe(pages.length);
  });

  it('leads to every guide, concept, recipe and reference', () => {
    const written = ['concepts', 'guides', 'recipes', 'reference', 'operate'].flatMap(markdownFiles);
    expect(written.filter(page => !pages.includes(page))).toEqual([]);
  });
});
