import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import {
  Entity,
  RELATION_MEMBER_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';

/** One person to choose. */
export interface ChoosablePerson {
  readonly ref: string;
  readonly name: string;
  readonly description?: string;
  readonly groups: readonly string[];
}

export interface PeopleRouterOptions {
  readonly auth: AuthService;
  readonly catalog: CatalogService;
  readonly logger: LoggerService;
}

/** `GET /playground/people`: everybody in the catalog. */
export function createPeopleRouter(options: PeopleRouterOptions): Router {
  const router = PromiseRouter();
  router.get('/playground/people', async (_request, response) => {
    response.set('cache-control', 'no-store');
    response.json({ items: await listPeople(options) });
  });
  return router;
}

async function listPeople({ auth, catalog, logger }: PeopleRouterOptions) {
  const credentials = await auth.getOwnServiceCredentials();
  try {
    const { items } = await catalog.getEntities(
      { filter: { kind: 'User' } },
      { credentials },
    );
    return items.map(toPerson).sort((a, b) => (a.ref < b.ref ? -1 : 1));
  } catch (error) {
    // The catalog starts beside this plugin: the page asks again.
    logger.info('The catalog can not list people yet', {
      why: error instanceof Error ? error.message : String(error),
    });
    return [];
  }
}

function toPerson(entity: Entity): ChoosablePerson {
  const { name, title, description } = entity.metadata;
  const profile = entity.spec?.profile;
  const displayName =
    typeof profile === 'object' && profile !== null && !Array.isArray(profile)
      ? profile.displayName
      : undefined;
  return {
    ref: stringifyEntityRef(entity),
    name: typeof displayName === 'string' ? displayName : title ?? name,
    ...(description && { description }),
    groups: (entity.relations ?? [])
      .filter(({ type }) => type === RELATION_MEMBER_OF)
      .map(({ targetRef }) => targetRef)
      .sort(),
  };
}
