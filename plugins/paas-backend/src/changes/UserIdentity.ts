import {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { Impersonation } from '@understage/kube';

const PREFIX = 'understage:';
// A header of its own, a name that looks like another one, or a text that the API server cuts: none of it gets there.
const plain = /^[\x21-\x7e]{1,256}$/;

/**
 * Who a change is made as in the cluster, and logs are read as: the signed-in user and their groups, prefixed so that no entity reference can
 * ever be a name that Kubernetes gives a meaning to. Groups with names that no cluster can know are left out: less rights,
 * never more. Services have no rights of their own there.
 */
export async function userIdentity(
  credentials: BackstageCredentials,
  userInfo: UserInfoService,
): Promise<Impersonation> {
  const { principal } = credentials;
  const isUser =
    typeof principal === 'object' &&
    principal !== null &&
    'type' in principal &&
    principal.type === 'user';
  if (!isUser) {
    throw new NotAllowedError(
      'The cluster is asked as the person who is signed in; a service has no rights there.',
    );
  }
  const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(
    credentials,
  );
  if (!plain.test(userEntityRef)) {
    throw new NotAllowedError(
      `The cluster can not be asked as ${JSON.stringify(
        userEntityRef,
      )}: a name there is printable ASCII without spaces, of at most 256 characters. Whoever runs the portal can have you signed in under another one.`,
    );
  }
  const groups = ownershipEntityRefs
    .filter(ref => ref !== userEntityRef && plain.test(ref))
    .map(ref => `${PREFIX}${ref}`);
  return { user: `${PREFIX}${userEntityRef}`, groups };
}
