import {
  BackstageCredentials,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import {
  applicationReadPermission,
  auditReadPermission,
  Person,
  TenantDetail,
  tenantDeletePermission,
  tenantReadPermission,
  tenantUpdatePermission,
} from '@understage/plugin-paas-common';
import { TenantRecord } from '@understage/plugin-paas-node';
import {
  ApplicationAuthorizer,
  ApplicationDecision,
} from '../authorization/ApplicationAuthorizer';
import { denyAll } from '../authorization/ConditionalAuthorizer';
import {
  TenantAuthorizer,
  TenantDecision,
} from '../authorization/TenantAuthorizer';
import { readerOf } from '../tenants/readerOf';
import { ParsedTopic } from './parseTopic';

/** What one reader may see of what they listen to; whatever they do not listen to is denied. */
export interface StreamRights {
  readonly applications: ApplicationDecision;
  readonly tenants: TenantDecision;
  /** What they may do with a tenant that they see. */
  may(record: TenantRecord): TenantDetail['may'];
  /** Who they are, as far as roles in tenants go. */
  readonly person?: Person;
  /** Equal for equal rights. */
  readonly signature: string;
}

export interface StreamRightsOptions {
  readonly authorizer: ApplicationAuthorizer;
  readonly tenantAuthorizer: TenantAuthorizer;
  readonly userInfo: UserInfoService;
}

interface TenantRights {
  readonly read: TenantDecision;
  readonly update: TenantDecision;
  readonly remove: TenantDecision;
  readonly audit: TenantDecision;
  readonly person?: Person;
}

const nothing: TenantRights = {
  read: denyAll,
  update: denyAll,
  remove: denyAll,
  audit: denyAll,
};

/** Asks the policy about everything that these topics show. `fresh` asks again though it was asked a moment ago. */
export async function readStreamRights(
  options: StreamRightsOptions & { readonly fresh: boolean },
  reader: {
    readonly credentials: BackstageCredentials;
    readonly topics: readonly (readonly [name: string, topic: ParsedTopic])[];
  },
): Promise<StreamRights> {
  const { authorizer, fresh } = options;
  const { credentials } = reader;
  const kinds = new Set(reader.topics.map(([, { kind }]) => kind));
  const [applications, tenants] = await Promise.all([
    kinds.has('applications') || kinds.has('application')
      ? authorizer.decide(credentials, applicationReadPermission, { fresh })
      : denyAll,
    kinds.has('tenants') || kinds.has('tenant')
      ? readTenantRights(options, credentials)
      : nothing,
  ]);
  const { read, update, remove, audit, person } = tenants;
  const signatures = [applications, read, update, remove, audit].map(
    ({ signature }) => signature,
  );
  return {
    applications,
    tenants: read,
    may: record => ({
      update: update.allows(record),
      delete: remove.allows(record),
      audit: audit.allows(record),
    }),
    ...(person && { person }),
    signature: JSON.stringify([signatures, person]),
  };
}

async function readTenantRights(
  options: StreamRightsOptions & { readonly fresh: boolean },
  credentials: BackstageCredentials,
): Promise<TenantRights> {
  const { tenantAuthorizer, userInfo, fresh } = options;
  const permissions = [
    tenantReadPermission,
    tenantUpdatePermission,
    tenantDeletePermission,
    auditReadPermission,
  ];
  const [person, [read, update, remove, audit]] = await Promise.all([
    readerOf(credentials, userInfo),
    Promise.all(
      permissions.map(permission =>
        tenantAuthorizer.decide(credentials, permission, { fresh }),
      ),
    ),
  ]);
  return { read, update, remove, audit, ...(person && { person }) };
}
