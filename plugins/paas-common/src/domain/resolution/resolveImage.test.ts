import { resolveContext } from '../rendering/testing/resolveContext';
import { ResolveContext } from '../desired';
import { resolveImage } from './resolveImage';

const request = { application: 'user-service', component: 'frontend' };
const convention = 'harbor.example.com/{tenant}/{component}:latest';

function context(
  parts: Partial<ResolveContext> & { convention?: string } = {},
) {
  const { convention: imageConvention, ...rest } = parts;
  return resolveContext({
    platform: { imageConvention, expose: { kind: 'Ingress' } },
    ...rest,
  });
}

describe('resolveImage', () => {
  const builds = { frontend: 'r.example.com/built@sha256:1' };
  const pinnedImages = {
    frontend: { ref: 'r.example.com/then:1', from: 'build' as const },
  };

  it('takes the image that the component names', () => {
    expect(
      resolveImage(
        { ...request, image: 'own:1' },
        context({ builds, convention }),
      ),
    ).toEqual({
      kind: 'resolved',
      image: { ref: 'own:1', from: 'component' },
    });
  });

  it('else that of the last verified build', () => {
    expect(resolveImage(request, context({ builds, convention }))).toEqual({
      kind: 'resolved',
      image: { ref: 'r.example.com/built@sha256:1', from: 'build' },
    });
  });

  it("else the platform's convention", () => {
    expect(resolveImage(request, context({ convention }))).toEqual({
      kind: 'resolved',
      image: {
        ref: 'harbor.example.com/shop/frontend:latest',
        from: 'convention',
      },
    });
  });

  it('takes that of a pinned release before all of them, and says where it came from then', () => {
    expect(
      resolveImage(
        { ...request, image: 'own:2' },
        context({ builds, convention, pinnedImages }),
      ),
    ).toEqual({
      kind: 'resolved',
      image: pinnedImages.frontend,
    });
  });

  it('waits, with what to do, where nobody knows one', () => {
    expect(resolveImage(request, context())).toEqual({
      kind: 'awaiting',
      message:
        'frontend: no image is known. Set `image`, or let a pipeline build one; this platform has no image convention.',
    });
  });

  it('waits where the convention can not be filled in, and names what is wrong with it', () => {
    const answer = resolveImage(
      request,
      context({ convention: 'r/{team}/{component}/{}' }),
    );
    expect(answer).toMatchObject({ kind: 'awaiting' });
    expect(answer).toMatchObject({
      message: expect.stringContaining(
        'contains {team}, {}. It may contain {tenant}, {namespace}, {application}, {component}.',
      ),
    });
  });

  it('does not take a function of the prototype for a build', () => {
    expect(
      resolveImage({ application: 'a', component: 'constructor' }, context())
        .kind,
    ).toBe('awaiting');
    expect(
      resolveImage({ application: 'a', component: '__proto__' }, context())
        .kind,
    ).toBe('awaiting');
  });
});
