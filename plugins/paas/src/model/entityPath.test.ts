import { entityPath } from './entityPath';

describe('the path of an entity', () => {
  it.each([
    ['group:default/team-shop', '/catalog/default/group/team-shop'],
    ['team-shop', '/catalog/default/group/team-shop'],
    ['User:people/Ada', '/catalog/people/user/ada'],
    ['system:shop/user-service', '/catalog/shop/system/user-service'],
    ['', undefined],
  ])('of %j is %j', (reference, path) => {
    expect(entityPath(reference)).toBe(path);
  });
});
