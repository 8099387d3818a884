import fc from 'fast-check';
import { KubeError } from '../errors';
import { impersonationHeaders } from './impersonation';

describe('impersonation as headers', () => {
  it('is none for oneself', () => {
    expect(impersonationHeaders(undefined)).toEqual({});
  });

  it('names the user, and each group in a header of its own', () => {
    expect(impersonationHeaders({ user: 'a:b/c d' })).toEqual({
      'impersonate-user': 'a:b/c d',
    });
    expect(impersonationHeaders({ user: 'a', groups: [] })).toEqual({
      'impersonate-user': 'a',
    });
    expect(impersonationHeaders({ user: 'a', groups: ['x', 'y'] })).toEqual({
      'impersonate-user': 'a',
      'impersonate-group': ['x', 'y'],
    });
  });

  const unsafe = [
    '',
    'a\r\nimpersonate-group: system:masters',
    'a\n',
    'a\tb',
    'a\u0000',
    'a\u007f',
    '\u0430da',
    'a\u2028b',
    // Spaces at the ends are no part of a header's value: the server would see somebody else.
    ' ada',
    'ada ',
    ' ',
  ];

  it.each(unsafe)('refuses %j as a user and as any of the groups', text => {
    const sentence = 'printable ASCII';
    expect(() => impersonationHeaders({ user: text })).toThrow(sentence);
    expect(() =>
      impersonationHeaders({ user: 'ada', groups: ['team', text] }),
    ).toThrow(KubeError);
  });

  it('is refused, or seen by the server as it was said', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: 'binary' })),
        user => {
          let said: string;
          try {
            said = String(impersonationHeaders({ user })['impersonate-user']);
          } catch (error) {
            expect(error).toBeInstanceOf(KubeError);
            return;
          }
          expect(new Headers({ said }).get('said')).toBe(user);
        },
      ),
      { numRuns: 500 },
    );
  });
});
