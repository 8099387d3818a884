import { WorkloadComponent } from '../../../schema/Component';
import { hostNotAllowed } from '../../hosts';
import { KubeObject } from '../../kubernetes';
import { childName } from '../../naming/childName';
import {
  WorkloadAddition,
  WorkloadExtra,
  WorkloadSubject,
} from './WorkloadExtra';

type Exposed = Extract<WorkloadComponent, { expose?: unknown }>;
type Expose = NonNullable<Exposed['expose']>;

interface Route {
  readonly expose: Expose;
  readonly port: number;
}

/** The port that `expose` makes reachable: the first TCP port. */
export function exposedPort(component: WorkloadComponent): number | undefined {
  const exposed = 'expose' in component && component.expose !== undefined;
  return exposed
    ? component.ports.find(port => port.protocol === 'TCP')?.port
    : undefined;
}

function ingress(subject: WorkloadSubject, route: Route): KubeObject {
  const { scope, name, labels, component } = subject;
  const settings = scope.context.platform.expose;
  const secretName = childName({
    application: scope.application,
    component: component.name,
    suffix: 'tls',
  });
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { name, namespace: scope.context.namespace, labels },
    spec: {
      ingressClassName:
        settings.kind === 'Ingress' ? settings.ingressClassName : undefined,
      tls: route.expose.tls
        ? [{ hosts: [route.expose.host], secretName }]
        : undefined,
      rules: [
        {
          host: route.expose.host,
          http: {
            paths: [
              {
                path: route.expose.path,
                pathType: 'Prefix',
                backend: { service: { name, port: { number: route.port } } },
              },
            ],
          },
        },
      ],
    },
  };
}

function httpRoute(
  subject: WorkloadSubject,
  route: Route & { readonly gateway: { namespace: string; name: string } },
): KubeObject {
  const { scope, name, labels } = subject;
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name, namespace: scope.context.namespace, labels },
    spec: {
      parentRefs: [
        { namespace: route.gateway.namespace, name: route.gateway.name },
      ],
      hostnames: [route.expose.host],
      rules: [
        {
          matches: [{ path: { type: 'PathPrefix', value: route.expose.path } }],
          backendRefs: [{ name, port: route.port }],
        },
      ],
    },
  };
}

function renderExpose(subject: WorkloadSubject): WorkloadAddition {
  const { component, scope } = subject;
  if (!('expose' in component) || component.expose === undefined) {
    return {};
  }
  const foreign = hostNotAllowed(component.expose.host, scope.context.domains);
  if (foreign !== undefined) {
    return {
      blocked: {
        reason: 'HostNotAllowed',
        message: `${component.name}: ${foreign}`,
      },
    };
  }
  const port = exposedPort(component);
  if (port === undefined) {
    return {
      warnings: [
        {
          component: component.name,
          reason: 'Invalid',
          message: `${component.name}: \`expose\` has nothing to lead to, the component declares no TCP port. Add one under \`ports\`.`,
        },
      ],
    };
  }
  const route = { expose: component.expose, port };
  const settings = scope.context.platform.expose;
  return {
    objects: [
      settings.kind === 'Ingress'
        ? ingress(subject, route)
        : httpRoute(subject, { ...route, gateway: settings.gateway }),
    ],
  };
}

/** Makes the first TCP port reachable from outside, by Ingress or HTTPRoute as the platform is set. */
export const expose: WorkloadExtra = { name: 'expose', render: renderExpose };
