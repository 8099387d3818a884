import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { userIdentity } from './UserIdentity';

function identityOf(userEntityRef: string, ownershipEntityRefs: string[]) {
  const userInfo = mockServices.userInfo.mock({
    getUserInfo: async () => ({ userEntityRef, ownershipEntityRefs }),
  });
  return userIdentity(mockCredentials.user(), userInfo);
}

describe('who a change is made as', () => {
  it('is the user with their groups, each under our prefix', async () => {
    await expect(
      identityOf('user:default/ada', [
        'user:default/ada',
        'group:default/team-shop',
      ]),
    ).resolves.toEqual({
      user: 'understage:user:default/ada',
      groups: ['understage:group:default/team-shop'],
    });
  });

  it.each([
    'system:masters',
    'system:authenticated',
    'system:serviceaccounts:kube-system',
    'understage:group:default/platform-engineers',
    'group:default/x,system:masters',
  ])('never is the group %s, whatever a sign-in claims', async claim => {
    const { groups } = await identityOf('user:default/eve', [claim]);
    expect(groups).toEqual([`understage:${claim}`]);
  });

  it.each([
    'user:default/eve\r\nImpersonate-Group: system:masters',
    'user:default/eve\u0000',
    'user:default/ad\u0430',
    'user:default/\u202eada',
    'user:default/a\u200bda',
    'user:default/a da',
    `user:default/${'a'.repeat(300)}`,
    '',
  ])('is nobody for the name %j, and the sentence says why', async name => {
    await expect(identityOf(name, [])).rejects.toMatchObject({
      name: 'NotAllowedError',
      message: expect.stringContaining('printable ASCII'),
    });
  });

  it('leaves out groups that no cluster can know', async () => {
    const { groups } = await identityOf('user:default/ada', [
      'group:default/x\r\nImpersonate-User: root',
      'group:default/te\u0430m',
      'group:default/team',
    ]);
    expect(groups).toEqual(['understage:group:default/team']);
  });

  it.each([
    mockCredentials.service(),
    mockCredentials.none(),
    { ...mockCredentials.user(), principal: { type: 'user-like' } },
  ])('is nobody for what is not a person (%#)', async credentials => {
    await expect(
      userIdentity(credentials, mockServices.userInfo.mock()),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
  });
});
