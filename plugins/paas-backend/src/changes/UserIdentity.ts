import {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { Impersonation } from '@understage/kube';

const PREFIX = 'understage:';

/**
 * Who a change is made as in the cluster, and logs are read as: the signed-in user and their groups, prefixed so that no entity reference can
 * ever be a name that Kubernetes gives a meaning to. Services have no rights of their own there.
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
  const groups = ownershipEntityRefs
    .filter(ref => ref !== userEntityRef)
    .map(ref => `${PREFIX}${ref}`);
  return { user: `${PREFIX}${userEntityRef}`, groups };
}
