import {
  Action,
  Application,
  checkApplication,
  KubeObject,
  toRevision,
} from '@understage/plugin-paas-common';
import { createChartRendererDouble } from '../../charts';
import { createClusterViewDouble } from '../createClusterViewDouble';
import { planFor } from '../planFor';

export const namespace = 'shop';
export const now = () => new Date('2026-11-23T10:00:00Z');

/** A chart with a Service on 6379 and a StatefulSet; `version` shows in the pods' image. */
export const redis =
  (version: string) =>
  ({ releaseName }: { releaseName: string }): KubeObject[] => {
    const labels = { app: 'redis', release: releaseName };
    return [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: `${releaseName}-master` },
        spec: {
          selector: labels,
          ports: [{ name: 'redis', port: 6379, targetPort: 6379 }],
        },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'StatefulSet',
        metadata: { name: `${releaseName}-master` },
        spec: {
          serviceName: `${releaseName}-master`,
          replicas: 1,
          selector: { matchLabels: labels },
          template: {
            metadata: { labels },
            spec: {
              containers: [
                {
                  name: 'redis',
                  image: `redis:${version}`,
                  ports: [{ name: 'redis', containerPort: 6379 }],
                },
              ],
            },
          },
        },
      },
    ];
  };

export function application(spec: Record<string, unknown> = {}): Application {
  const checked = checkApplication({
    apiVersion: 'paas/v1',
    kind: 'Application',
    metadata: { name: 'user-service' },
    spec: {
      components: [
        {
          name: 'frontend',
          type: 'Deployment',
          replicas: 3,
          image: 'frontend:1',
        },
        { name: 'redis', type: 'HelmChart', chart: 'bitnami/redis' },
      ],
      dependencies: ['frontend -> redis:6379'],
      ...spec,
    },
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return {
    ...checked.value,
    metadata: { ...checked.value.metadata, namespace, uid: 'uid-1' },
  };
}

export function setUp(versions = ['18.0.0']) {
  const charts = createChartRendererDouble({
    bitnami: {
      redis: Object.fromEntries(
        versions.map(version => [version, redis(version)]),
      ),
    },
  });
  const view = createClusterViewDouble({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: { 'understage.dev/tenant': 'retail' },
    },
  });
  const plan = (app = application(), renderer = charts) =>
    planFor({
      view,
      application: app,
      namespace,
      charts: renderer,
      platform: { expose: { kind: 'Ingress' } },
      now,
    });
  /** Does what an operator does, without a server's defaults. */
  const execute = async (app = application(), renderer = charts) => {
    const planned = await plan(app, renderer);
    if (planned.release.kind === 'new') {
      view.put(toRevision(planned.release.release, app, namespace));
    }
    for (const action of planned.plan.actions) {
      if (action.kind === 'create' || action.kind === 'update') {
        view.put({
          ...action.object,
          metadata: {
            ...action.object.metadata,
            namespace,
            uid: `uid-of-${action.ref.kind}-${action.ref.name}`,
          },
        });
      }
      if (action.kind === 'delete') {
        const gone = view
          .objects()
          .find(({ metadata }) => metadata.uid === action.uid);
        if (gone) view.remove(gone);
      }
    }
    return planned;
  };
  const makeAvailable = (kind: string, replicas: number) => {
    for (const object of view.objects().filter(each => each.kind === kind)) {
      view.put({
        ...object,
        status: {
          replicas,
          readyReplicas: replicas,
          updatedReplicas: replicas,
          availableReplicas: replicas,
          currentReplicas: replicas,
        },
      });
    }
  };
  return { charts, view, plan, execute, makeAvailable };
}

export const kindsOf = (actions: readonly Action[]) =>
  [...new Set(actions.map(({ kind }) => kind))].sort();

export const imageOf = (objects: readonly KubeObject[]) =>
  JSON.stringify(objects.find(({ kind }) => kind === 'StatefulSet')).match(
    /redis:[\d.]+/,
  )?.[0];
