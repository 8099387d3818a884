import {
  Entity,
  getCompoundEntityRef,
  parseEntityRef,
  RELATION_HAS_PART,
  RELATION_PART_OF,
} from '@backstage/catalog-model';
import { LocationSpec } from '@backstage/plugin-catalog-common';
import {
  CatalogProcessor,
  CatalogProcessorEmit,
  processingResult,
} from '@backstage/plugin-catalog-node';
import {
  Application,
  APPLICATION_API_VERSION,
  APPLICATION_SHORT_API_VERSION,
  checkApplication,
  Checked,
} from '@understage/plugin-paas-common';
import { PaasClusters } from '@understage/plugin-paas-node';
import {
  ANNOTATION_APPLICATION,
  applicationEntities,
  chooseOwner,
  tenancyAnnotations,
} from '../mapping/applicationEntities';
import { systemName } from '../mapping/entityNames';
import { CatalogSettings } from '../provider/ClusterEntities';

const apiVersions: readonly string[] = [
  APPLICATION_API_VERSION,
  APPLICATION_SHORT_API_VERSION,
];

/**
 * Lets an Application file be a catalog location: the document becomes an entity of kind Application, and brings the
 * entities that the same application would have in a cluster. Once it runs in a cluster, that is where these come from.
 * Also joins entities made by hand to the application that they name.
 */
export class ApplicationProcessor implements CatalogProcessor {
  constructor(
    private readonly clusters: PaasClusters,
    private readonly settings: CatalogSettings,
  ) {}

  getProcessorName(): string {
    return 'UnderstageApplicationProcessor';
  }

  async validateEntityKind(entity: Entity): Promise<boolean> {
    if (!isApplication(entity)) return false;
    const checked = readEntity(entity);
    if (checked.ok) return true;
    const sentences = checked.problems.map(({ path, message }) =>
      path === '' ? message : `${path}: ${message}`,
    );
    throw new Error(sentences.join(' '));
  }

  /** The file shows what its application shows: to the people of the tenant whose namespace it names. */
  async preProcessEntity(entity: Entity): Promise<Entity> {
    if (!isApplication(entity)) return entity;
    const { cluster, tenancy } = this.standing(entity.metadata.namespace);
    if (!tenancy) return entity;
    const annotations = {
      ...entity.metadata.annotations,
      ...tenancyAnnotations(cluster, tenancy.tenant),
    };
    return { ...entity, metadata: { ...entity.metadata, annotations } };
  }

  async postProcessEntity(
    entity: Entity,
    location: LocationSpec,
    emit: CatalogProcessorEmit,
  ): Promise<Entity> {
    if (isApplication(entity)) this.emitEntities(entity, location, emit);
    else joinApplication(entity, this.clusters, emit);
    return entity;
  }

  private emitEntities(
    entity: Entity,
    location: LocationSpec,
    emit: CatalogProcessorEmit,
  ) {
    const checked = readEntity(entity);
    if (!checked.ok) return;
    const { value: application } = checked;
    const { name, namespace = 'default' } = application.metadata;
    const system = {
      kind: 'System',
      namespace,
      name: systemName(name, { namespace }),
    };
    relate(emit, system, getCompoundEntityRef(entity));
    const [cluster] = this.clusters.names;
    const isLive = this.clusters
      .records()
      .has(`${cluster}/${namespace}/${name}`);
    if (isLive) return;
    const { tenancy } = this.standing(namespace);
    const entities = applicationEntities({
      application,
      place: { namespace },
      ref: `${namespace}/${name}`,
      tenant: tenancy?.tenant ?? namespace,
      ...(tenancy && { cluster }),
      owner: chooseOwner(
        application.spec.owner,
        tenancy?.owner,
        this.settings.defaultOwner,
      ),
    });
    for (const each of entities) emit(processingResult.entity(location, each));
  }

  // Files belong to the first cluster: their entities have the names that its applications have.
  private standing(namespace = 'default') {
    const [cluster] = this.clusters.names;
    const tenancy =
      cluster === undefined
        ? undefined
        : this.clusters.namespace(cluster, namespace);
    return { cluster, tenancy };
  }
}

function isApplication({ kind, apiVersion }: Entity): boolean {
  return kind === 'Application' && apiVersions.includes(apiVersion);
}

// The catalog adds annotations of its own and a namespace to the document; neither is the author's to answer for.
function readEntity(entity: Entity): Checked<Application> {
  const { apiVersion, kind, metadata, spec } = entity;
  const { name, namespace, labels } = metadata;
  return checkApplication({
    apiVersion,
    kind,
    metadata: { name, namespace, ...(labels && { labels }) },
    spec,
  });
}

function joinApplication(
  entity: Entity,
  clusters: PaasClusters,
  emit: CatalogProcessorEmit,
) {
  const ref = entity.metadata.annotations?.[ANNOTATION_APPLICATION];
  const [name, namespace, cluster] = ref?.split('/').reverse() ?? [];
  if (!name || !namespace || entity.kind === 'System') return;
  const elsewhere =
    cluster !== undefined && cluster !== clusters.names[0] ? { cluster } : {};
  const system = parseEntityRef(
    `system:${namespace}/${systemName(name, { namespace, ...elsewhere })}`,
  );
  // Entities of ours say so themselves, in `spec.system`.
  if (entity.spec?.system === undefined) {
    relate(emit, system, getCompoundEntityRef(entity));
  }
}

type CompoundRef = ReturnType<typeof getCompoundEntityRef>;

function relate(
  emit: CatalogProcessorEmit,
  whole: CompoundRef,
  part: CompoundRef,
) {
  const partOf = { source: part, type: RELATION_PART_OF, target: whole };
  const hasPart = { source: whole, type: RELATION_HAS_PART, target: part };
  emit(processingResult.relation(partOf));
  emit(processingResult.relation(hasPart));
}
