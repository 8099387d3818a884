import { ConfigReader } from '@backstage/config';
import { readPlatformAdmins } from './readPlatformAdmins';

const read = (platformAdmins?: unknown) =>
  readPlatformAdmins(
    new ConfigReader({ paas: { platformAdmins: platformAdmins as never } }),
  );

describe('paas.platformAdmins', () => {
  it('is nobody when it is left out', () => {
    expect(read()).toEqual([]);
    expect(readPlatformAdmins(new ConfigReader({}))).toEqual([]);
  });

  it('names groups and people, in any case', () => {
    expect(read(['Group:default/Admins', 'user:default/ada'])).toEqual([
      'group:default/admins',
      'user:default/ada',
    ]);
  });

  it.each([
    'admins',
    'group:admins',
    'default/admins',
    'component:default/admins',
    'group:default/admins/more',
    'group:default/ admins',
    '*',
    'group:default/*',
    '',
  ])('is not %j', text => {
    expect(() => read([text])).toThrow(/paas.platformAdmins/);
  });

  it('is not one text', () => {
    expect(() => read('group:default/admins')).toThrow();
  });
});
