import { WorkloadComponent } from '../../../schema/Component';

type Probes = NonNullable<WorkloadComponent['probes']>;
type Probe = NonNullable<Probes['liveness']>;

/** The probes of a container, in the API's own form. */
export interface RenderedProbes {
  readonly startupProbe?: object;
  readonly livenessProbe?: object;
  readonly readinessProbe?: object;
}

function handlerOf(probe: Probe, defaultPort?: number): object | undefined {
  if (probe.command !== undefined) {
    return { exec: { command: probe.command } };
  }
  const port = probe.port ?? defaultPort;
  if (port === undefined) {
    return undefined;
  }
  return probe.path === undefined
    ? { tcpSocket: { port } }
    : { httpGet: { path: probe.path, port } };
}

function renderProbe(probe: Probe, defaultPort?: number): object | undefined {
  const handler = handlerOf(probe, defaultPort);
  return handler === undefined
    ? undefined
    : {
        ...handler,
        initialDelaySeconds: probe.initialDelaySeconds,
        periodSeconds: probe.periodSeconds,
        timeoutSeconds: probe.timeoutSeconds,
        failureThreshold: probe.failureThreshold,
      };
}

// A default liveness probe must not kill what is merely slow to start: five minutes are granted first.
const defaultStartup: Probe = { periodSeconds: 5, failureThreshold: 60 };

/**
 * The probes of a component. Services are probed on their first TCP port by default; jobs are not, they end on their own.
 */
export function renderProbes(component: WorkloadComponent): RenderedProbes {
  const serves =
    component.type === 'Deployment' || component.type === 'StatefulSet';
  const port = component.ports.find(entry => entry.protocol === 'TCP')?.port;
  const { startup, liveness, readiness } = component.probes ?? {};
  const render = (probe: Probe | undefined, fallback: Probe) => {
    const chosen = probe ?? (serves ? fallback : undefined);
    return chosen === undefined ? undefined : renderProbe(chosen, port);
  };
  return {
    startupProbe: render(startup, defaultStartup),
    livenessProbe: render(liveness, {}),
    readinessProbe: render(readiness, {}),
  };
}
