import { imageVersion } from './imageVersion';

describe('imageVersion', () => {
  it.each([
    ['nginx', 'latest'],
    ['nginx:1.27', '1.27'],
    ['r.example.com:5000/team/app', 'latest'],
    ['r.example.com:5000/team/app:2', '2'],
    ['r.example.com/app:2@sha256:0123456789abcdef', '2'],
    ['r.example.com/app@sha256:0123456789abcdef', '0123456789ab'],
    ['', 'latest'],
    [':', 'latest'],
    ['@', ''],
  ])('of %j is %j', (ref, version) => {
    expect(imageVersion(ref)).toBe(version);
  });
});
