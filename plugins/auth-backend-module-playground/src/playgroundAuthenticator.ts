import { AuthenticationError } from '@backstage/errors';
import {
  createProxyAuthenticator,
  ProfileInfo,
  SignInResolver,
} from '@backstage/plugin-auth-node';

/** Who was chosen: an entity reference, as the page of the chooser sends it. */
export const PERSON_HEADER = 'x-understage-person';

/** Of the choice: nothing is known but who. */
export interface Choice {
  readonly ref: string;
}

const personRef = /^user:[a-z0-9._-]{1,63}\/[a-z0-9._-]{1,63}$/i;

/** Reads the choice; it is taken at its word. */
export const playgroundAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async ({ ref }: Choice, context) => {
    const { entity } = await context
      .findCatalogUser({ entityRef: ref })
      .catch(error => unknownPerson(ref, error));
    return { profile: profileOf(entity.spec?.profile) };
  },
  initialize: () => undefined,
  async authenticate({ req }): Promise<{ result: Choice }> {
    const ref = req.header(PERSON_HEADER) ?? '';
    if (personRef.test(ref)) return { result: { ref: ref.toLowerCase() } };
    throw new AuthenticationError(
      `Nobody was chosen: ${PERSON_HEADER} is to name one person, as in user:default/sam; it is ${JSON.stringify(
        ref.slice(0, 200),
      )}.`,
    );
  },
});

/** Issues the token that Backstage issues for this person, groups as the catalog has them. */
export const signInChosenPerson: SignInResolver<Choice> = (
  { result: { ref } },
  context,
) =>
  context
    .signInWithCatalogUser({ entityRef: ref })
    .catch(error => unknownPerson(ref, error));

function unknownPerson(ref: string, error: unknown): never {
  const isUnknown = error instanceof Error && error.name === 'NotFoundError';
  if (!isUnknown) throw error;
  throw new AuthenticationError(
    `The catalog has no ${ref}; /api/auth/playground/people lists whom it has.`,
  );
}

function profileOf(profile: unknown): ProfileInfo {
  if (typeof profile !== 'object' || profile === null) return {};
  const text = (key: string) => {
    const value: unknown = Reflect.get(profile, key);
    return typeof value === 'string' ? { [key]: value } : {};
  };
  return { ...text('displayName'), ...text('email'), ...text('picture') };
}
