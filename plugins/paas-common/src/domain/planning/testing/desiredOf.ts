import { applicationOf } from '../../rendering/testing/applicationOf';
import { Desired, DesiredComponent, DesiredObject } from '../../desired';
import { KubeObject, refOf } from '../../kubernetes';
import {
  LABEL_APPLICATION,
  LABEL_COMPONENT,
  LABEL_MANAGED_BY,
} from '../../labels';

/** An object of a component of the application `shop`, labelled as rendering labels it. */
export function objectOf(
  kind: string,
  name: string,
  content: Record<string, unknown> = {},
): KubeObject {
  const apiVersion =
    kind === 'Deployment' || kind === 'StatefulSet' ? 'apps/v1' : 'v1';
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      namespace: 'shop',
      labels: {
        [LABEL_APPLICATION]: 'shop',
        [LABEL_COMPONENT]: 'web',
        [LABEL_MANAGED_BY]: 'understage',
      },
    },
    ...content,
  };
}

function isDesired(each: KubeObject | DesiredObject): each is DesiredObject {
  return 'retained' in each;
}

/** What the application `shop` with its component `web` wants, as a value for planning. */
export function desiredOf(
  objects: readonly (KubeObject | DesiredObject)[],
  parts: Partial<Desired> & { readonly web?: Partial<DesiredComponent> } = {},
): Desired {
  const { web, ...rest } = parts;
  const all = objects.map(each =>
    isDesired(each)
      ? each
      : { object: each, component: 'web', retained: false },
  );
  const application = applicationOf({
    components: [{ name: 'web', type: 'Deployment', image: 'web:1' }],
  });
  return {
    application,
    namespace: 'shop',
    tenant: 'shop',
    components: [
      {
        name: 'web',
        type: 'Deployment',
        dependsOn: [],
        objects: all.map(({ object }) => refOf(object)),
        ...web,
      },
    ],
    edges: [],
    objects: all,
    refusals: [],
    warnings: [],
    ...rest,
  };
}
