import {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { Person } from '@understage/plugin-paas-common';

/** Who asks, as far as roles go; services have none. */
export async function readerOf(
  credentials: BackstageCredentials,
  userInfo: UserInfoService,
): Promise<Person | undefined> {
  const { principal } = credentials;
  const isUser =
    typeof principal === 'object' &&
    principal !== null &&
    'userEntityRef' in principal;
  if (!isUser) return undefined;
  const { userEntityRef, ownershipEntityRefs } = await userInfo.getUserInfo(
    credentials,
  );
  return { user: userEntityRef, groups: ownershipEntityRefs };
}
