import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { within } from '../within';
import { Directory, People } from './Directory';

const KNOWN_FOR_MS = 30_000;
/** Long enough that a catalog which is away delays one reader of many, short enough that its return is noticed. */
const UNKNOWN_FOR_MS = 5_000;
const WAIT_MS = 3_000;
const fields = ['kind', 'metadata.name', 'metadata.namespace'];

export interface CatalogDirectoryOptions {
  readonly catalog: Pick<CatalogService, 'streamEntities'>;
  readonly auth: AuthService;
  readonly logger: Pick<LoggerService, 'warn'>;
  readonly now: () => Date;
  /** How long an answer is waited for. */
  readonly waitMs?: number;
}

/** Groups and people of the catalog, read with the plugin's own credentials: whom a file names is checked, whoever wrote it. */
export class CatalogDirectory implements Directory {
  private held: { readonly people: People; readonly at: number } | undefined;
  private reading: Promise<People> | undefined;

  constructor(private readonly options: CatalogDirectoryOptions) {}

  async read({ maxAgeMs = KNOWN_FOR_MS } = {}): Promise<People> {
    const { held } = this;
    return held && this.isFresh(held, maxAgeMs) ? held.people : this.refresh();
  }

  latest(): People | undefined {
    const { held } = this;
    if (!held || !this.isFresh(held, KNOWN_FOR_MS)) this.refresh();
    return held?.people;
  }

  private isFresh(
    { people, at }: { people: People; at: number },
    maxAgeMs: number,
  ): boolean {
    const lasts = people.kind === 'known' ? maxAgeMs : UNKNOWN_FOR_MS;
    const age = this.options.now().getTime() - at;
    return age >= 0 && age < lasts;
  }

  /** One reading at a time, for all who ask. */
  private refresh(): Promise<People> {
    this.reading ??= this.ask().then(people => {
      this.held = { people, at: this.options.now().getTime() };
      this.reading = undefined;
      return people;
    });
    return this.reading;
  }

  private async ask(): Promise<People> {
    const { waitMs = WAIT_MS } = this.options;
    try {
      return await within(waitMs, this.list());
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.options.logger.warn('Groups and people of the catalog: not read', {
        why,
      });
      return { kind: 'unknown', why: 'the catalog can not be read' };
    }
  }

  private async list(): Promise<People> {
    const { catalog, auth } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const filter = { kind: ['Group', 'User'] };
    const refs = new Set<string>();
    const pages = catalog.streamEntities({ filter, fields }, { credentials });
    for await (const page of pages) {
      for (const entity of page) refs.add(stringifyEntityRef(entity));
    }
    // A catalog that has just been started has not read its sources yet.
    return refs.size === 0
      ? { kind: 'unknown', why: 'the catalog holds no groups and people yet' }
      : { kind: 'known', refs };
  }
}
