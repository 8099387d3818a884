import { withMember, withoutMember } from './tenantMembers';

const file = `kind: Tenant
spec:
  # Who is in it.
  members:
    - { group: group:default/a, role: viewer }
`;

describe('the members in a file', () => {
  it('become more, and nothing else changes', () => {
    const user = { user: 'user:default/sam', role: 'admin' } as const;
    const next = withMember(file, user);
    expect(next).toContain('# Who is in it.');
    expect(next).toContain('- { group: group:default/a, role: viewer }');
    expect(next).toContain('user: user:default/sam');
  });

  it('begin with the first', () => {
    expect(
      withMember('kind: Tenant\n', { group: 'group:default/a', role: 'admin' }),
    ).toContain('role: admin');
  });

  it('get another role without being there twice', () => {
    expect(withMember(file, { group: 'group:default/a', role: 'admin' })).toBe(
      file.replace('viewer', 'admin'),
    );
  });

  it('become fewer', () => {
    expect(withoutMember(file, 'group:default/a')).not.toContain('default/a');
    expect(withoutMember(file, 'group:default/b')).toBe(file);
  });
});
