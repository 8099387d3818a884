import { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  ApplicationRef,
  formatPlan,
  Plan,
  shortenedName,
  TenantRef,
} from '@understage/plugin-paas-common';
import { Connect } from '../api/connectPaas';
import { follow, Look } from '../progress/follow';

/** What the actions stand on. */
export interface Platform {
  readonly connect: Connect;
  /** Address of the portal's pages; empty where none is configured. */
  readonly portal: string;
  /** Name of the first configured cluster: its entities are named without it. */
  readonly mainCluster?: string;
}

interface Logger {
  info(message: string): void;
  warn(message: string): void;
}

/** What of an action's context is used here. */
export interface StepContext {
  readonly logger: Logger;
  readonly signal?: AbortSignal;
  getInitiatorCredentials(): Promise<BackstageCredentials>;
}

const NAME_LIMIT = 63;

/** As the catalog names what it finds in clusters (plugins/catalog-backend-module-paas). */
function entityName(name: string, cluster: string, platform: Platform): string {
  return cluster === platform.mainCluster
    ? name
    : shortenedName(`${name}.${cluster}`, NAME_LIMIT);
}

/** A page of the portal, as a link of the run's result. */
export interface StepLink {
  readonly title: string;
  readonly url: string;
}

/** What later steps and the result page use of an application. */
export function applicationOutputs(ref: ApplicationRef, platform: Platform) {
  const { cluster, namespace, name } = ref;
  const entity = entityName(name, cluster, platform);
  const url = `${platform.portal}/paas/${cluster}/${namespace}/${name}`;
  return {
    ...ref,
    entityRef: `system:${namespace}/${entity}`,
    links: [{ title: `Application ${name}`, url }],
  };
}

/** What later steps and the result page use of a tenant. */
export function tenantOutputs(ref: TenantRef, platform: Platform) {
  const { cluster, name } = ref;
  const url = `${platform.portal}/paas/tenants/${cluster}/${name}`;
  return {
    ...ref,
    entityRef: `domain:default/${entityName(name, cluster, platform)}`,
    links: [{ title: `Tenant ${name}`, url }],
  };
}

/** Prints a plan into the step's log, as `paas plan` would. */
export function logPlan(
  { logger }: StepContext,
  plan: Pick<Plan, 'actions'> & { readonly summary: string },
): void {
  for (const { depth, text } of formatPlan(plan)) {
    logger.info(`${'  '.repeat(depth)}${text}`);
  }
  logger.info(`Dry run, nothing was written: ${plan.summary}.`);
}

/** How long a step follows what it began. */
export interface Waiting {
  /** Default true. */
  readonly wait?: boolean;
  readonly timeoutSeconds?: number;
}

// Here and not in the schema: the scaffolder checks input against it, and fills nothing in.
const DEFAULT_SECONDS = 300;

/** Follows when it was asked for. */
export async function waitIfAsked(
  { wait = true, timeoutSeconds = DEFAULT_SECONDS }: Waiting,
  ctx: StepContext,
  waited: { readonly what: string; readonly look: () => Promise<Look> },
): Promise<void> {
  const { logger, signal } = ctx;
  if (!wait) return;
  const { what, look } = waited;
  await follow(look, { what, timeoutSeconds, logger, signal });
}
