/* eslint-disable no-script-url -- that they are dropped is what is tested */
import { applicationOf, hasApplication } from './entityReference';
import {
  editableYaml,
  isPaused,
  pinnedRevision,
  pinRevision,
} from './editYaml';
import { ownerName } from './ownerName';
import { safeLink } from './safeLink';
import { reasonSentence, whoHasToAct } from './stateLooks';
import { yamlTokens } from './yamlTokens';

describe('links of a specification (S24)', () => {
  it.each([
    'https://runbooks.example.com/shop',
    'http://localhost:3000/',
    'mailto:team@example.com',
  ])('%s may be followed', url => {
    expect(safeLink(url)).toBe(url);
  });

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'file:///etc/passwd',
    '//example.com',
    '/relative',
    '',
  ])('%j is dropped', url => {
    expect(safeLink(url)).toBeUndefined();
  });
});

describe('annotations of an entity', () => {
  const entity = (annotations: Record<string, string>) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'x', annotations },
  });

  it('name an application, and its component', () => {
    expect(
      applicationOf(
        entity({
          'understage.dev/application': 'local/team-shop/user-service',
          'understage.dev/component': 'frontend',
        }),
      ),
    ).toEqual({
      ref: { cluster: 'local', namespace: 'team-shop', name: 'user-service' },
      component: 'frontend',
    });
  });

  it.each(['user-service', 'a/b/c/d', 'a/../c', '', 'a//c'])(
    '%j names none',
    text => {
      expect(
        applicationOf(entity({ 'understage.dev/application': text })),
      ).toBeUndefined();
    },
  );

  it('decide whether tab and card are shown', () => {
    expect(hasApplication(entity({}))).toBe(false);
    expect(
      hasApplication(entity({ 'understage.dev/application': 'a/b/c' })),
    ).toBe(true);
  });
});

describe('reasons', () => {
  it('say who has to act', () => {
    expect(whoHasToAct('CrashLoop')).toMatch(/owning team/);
    expect(whoHasToAct('Forbidden')).toMatch(/platform team/);
    expect(whoHasToAct('Progressing')).toMatch(/nothing to do/);
    expect(whoHasToAct('Ready')).toBeUndefined();
  });

  it('of others are left alone, also those that objects inherit', () => {
    expect(whoHasToAct('toString')).toBeUndefined();
    expect(reasonSentence('constructor')).toBeUndefined();
  });
});

describe('owners', () => {
  it.each([
    ['group:default/team-shop', 'team-shop'],
    ['user:default/ann', 'ann'],
    ['group:platform/core', 'platform/core'],
    ['team-shop', 'team-shop'],
  ])('%s reads %s', (owner, name) => {
    expect(ownerName(owner)).toBe(name);
  });
});

describe('the YAML of an application', () => {
  const yaml = `# kept\napiVersion: paas/v1\nkind: Application\nmetadata:\n  name: a\n  uid: u\n  resourceVersion: "7"\nspec:\n  components: []\nstatus:\n  state: Ready\n`;

  it('is edited without what the cluster writes, comments kept', () => {
    expect(editableYaml(yaml)).toBe(
      `# kept\napiVersion: paas/v1\nkind: Application\nmetadata:\n  name: a\nspec:\n  components: []\n`,
    );
  });

  it('is left alone when it can not be read', () => {
    expect(editableYaml('a: [')).toBe('a: [');
  });

  it('says whether it is paused, and which release it pins', () => {
    expect(isPaused(yaml)).toBe(false);
    expect(isPaused(yaml.replace('spec:', 'spec:\n  paused: true'))).toBe(true);
    expect(pinnedRevision(yaml)).toBeUndefined();
    expect(pinnedRevision(pinRevision(yaml, 4))).toBe(4);
  });

  it.each([
    '  - name: frontend',
    'image: harbor.example.com/shop:1 # the last',
    '# a comment: with colon',
    '    - frontend -> redis:6379',
    '"quoted key": 1',
    '',
    '  plain text',
    '- - nested: x',
  ])('is coloured without losing a character: %j', line => {
    const tokens = yamlTokens(line);

    expect(tokens.map(token => token.text).join('')).toBe(line);
  });

  it('has its keys told from its values', () => {
    expect(yamlTokens('  - name: a')).toEqual([
      { kind: 'text', text: '  - ' },
      { kind: 'key', text: 'name' },
      { kind: 'text', text: ': a' },
    ]);
    expect(yamlTokens('    - frontend -> redis:6379')).toHaveLength(1);
  });
});
