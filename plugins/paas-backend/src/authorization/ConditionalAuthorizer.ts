import {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  PermissionCriteria,
  ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createConditionTransformer,
  PermissionResourceRef,
} from '@backstage/plugin-permission-node';
import { createHash } from 'node:crypto';

/** What a user may do with resources of one type, as a filter over the cache. */
export interface Decision<Resource> {
  allows(resource: Resource): boolean;
  /** True when not a single one can pass. */
  readonly denied: boolean;
  /** True when every one passes, those that are gone too. */
  readonly unconditional: boolean;
  /** Equal for equal decisions. */
  readonly signature: string;
}

export interface AuthorizerOptions {
  readonly permissions: PermissionsService;
  readonly permissionsRegistry: PermissionsRegistryService;
  readonly now: () => Date;
}

/** How long a decision about reading is believed. Decisions about changes are asked for each time. */
const READ_DECISION_MS = 10_000;
/** A decision as young as this is fresh: all streams of one person ask at the same moment. */
const FRESH_DECISION_MS = 1_000;
const KEPT_DECISIONS = 1_000;

const allowAll: Decision<unknown> = {
  allows: () => true,
  denied: false,
  unconditional: true,
  signature: 'all',
};
/** Lets nothing pass. */
export const denyAll: Decision<unknown> = {
  allows: () => false,
  denied: true,
  unconditional: false,
  signature: 'none',
};

type Filter<Resource> = (resource: Resource) => boolean;

/** Asks the permission policy about resources of one type; everything that is no clear yes is a no. */
export class ConditionalAuthorizer<Resource, Type extends string> {
  private readonly kept = new Map<
    string,
    {
      readonly askedAt: number;
      readonly decision: Promise<Decision<Resource>>;
    }
  >();

  constructor(
    private readonly options: AuthorizerOptions,
    private readonly resourceRef: PermissionResourceRef<
      Resource,
      Filter<Resource>,
      Type,
      'paas'
    >,
  ) {}

  /** The decision for a user; for reading a recent one is good enough, `fresh` asks for one of this second. */
  decide(
    credentials: BackstageCredentials,
    permission: ResourcePermission<Type>,
    { fresh = false } = {},
  ): Promise<Decision<Resource>> {
    const key = principalKey(credentials);
    const isRead = permission.attributes.action === 'read';
    if (key === undefined || !isRead) return this.ask(credentials, permission);
    const id = `${permission.name} ${key}`;
    const now = this.options.now().getTime();
    const known = this.kept.get(id);
    const most = fresh ? FRESH_DECISION_MS : READ_DECISION_MS;
    // A clock that was put back makes a decision old, not young for an hour.
    if (known && Math.abs(now - known.askedAt) < most) return known.decision;
    const decision = this.ask(credentials, permission);
    this.keep(id, { askedAt: now, decision });
    return decision;
  }

  private keep(
    id: string,
    entry: { askedAt: number; decision: Promise<Decision<Resource>> },
  ) {
    this.kept.delete(id);
    this.kept.set(id, entry);
    entry.decision.catch(() => this.kept.delete(id));
    if (this.kept.size > KEPT_DECISIONS) {
      const [oldest] = this.kept.keys();
      this.kept.delete(oldest);
    }
  }

  private async ask(
    credentials: BackstageCredentials,
    permission: ResourcePermission<Type>,
  ): Promise<Decision<Resource>> {
    const { permissions, permissionsRegistry } = this.options;
    const [answer] = await permissions.authorizeConditional([{ permission }], {
      credentials,
    });
    if (answer.result === AuthorizeResult.ALLOW) return allowAll;
    if (answer.result !== AuthorizeResult.CONDITIONAL) return denyAll;
    const isForUs =
      answer.pluginId === 'paas' &&
      answer.resourceType === permission.resourceType;
    if (!isForUs) return denyAll;
    const ruleset = permissionsRegistry.getPermissionRuleset(this.resourceRef);
    const filter = toFilter(
      createConditionTransformer(ruleset)(answer.conditions),
    );
    return {
      allows: filter,
      denied: false,
      unconditional: false,
      signature: hash(JSON.stringify(answer.conditions)),
    };
  }
}

function toFilter<Resource>(
  criteria: PermissionCriteria<Filter<Resource>>,
): Filter<Resource> {
  if (typeof criteria === 'function') return criteria;
  if ('allOf' in criteria) {
    const all = criteria.allOf.map(each => toFilter(each));
    return resource => all.every(filter => filter(resource));
  }
  if ('anyOf' in criteria) {
    const any = criteria.anyOf.map(each => toFilter(each));
    return resource => any.some(filter => filter(resource));
  }
  const inner = toFilter(criteria.not);
  return resource => !inner(resource);
}

/** Who asks, as a key; `undefined` for whoever should not share an answer with anybody. */
export function principalKey({
  principal,
}: BackstageCredentials): string | undefined {
  if (typeof principal !== 'object' || principal === null) return undefined;
  if (!('userEntityRef' in principal)) return undefined;
  const actsForAnother = 'actor' in principal && principal.actor !== undefined;
  return actsForAnother ? undefined : `${principal.userEntityRef}`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
