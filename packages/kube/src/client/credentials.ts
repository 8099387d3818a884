import { KubeConfig } from '@kubernetes/client-node';
import { readFileSync } from 'node:fs';
import { RequestOptions } from 'node:https';
import { KubeError } from '../errors';

/** Where a cluster is and how to prove who we are. */
export interface Credentials {
  /** `https://host:port`, without a trailing slash; a path prefix is kept. */
  readonly server: string;
  /** Name of the kubeconfig's context. */
  readonly context: string;
  /** The context's namespace; `default` when it names none. */
  readonly namespace: string;
  readonly tls: {
    readonly ca?: string | Buffer;
    readonly cert?: string | Buffer;
    readonly key?: string | Buffer;
    readonly servername?: string;
    readonly rejectUnauthorized: boolean;
  };
  /** Headers of a request made now; tokens of exec plug-ins and token files are renewed in here. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /** Asks for the headers anew next time: the server did not accept them. */
  renew(): void;
}

export interface CredentialsOptions {
  /** Path of a kubeconfig; absent means `KUBECONFIG`, `~/.kube/config`, or the pod's account. */
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly inCluster?: boolean;
}

function loadConfig(options: CredentialsOptions): KubeConfig {
  const config = new KubeConfig();
  if (options.inCluster) {
    config.loadFromCluster();
  } else if (options.kubeconfig) {
    // Read here, so that a missing file is our sentence and not a stack trace.
    try {
      readFileSync(options.kubeconfig);
    } catch (error) {
      throw new KubeError(
        `the kubeconfig ${options.kubeconfig} can not be read: ${messageOf(
          error,
        )}`,
        { cause: error },
      );
    }
    config.loadFromFile(options.kubeconfig);
  } else {
    config.loadFromDefault();
  }
  if (options.context) {
    if (!config.getContextObject(options.context)) {
      const known = config.contexts.map(context => context.name).join(', ');
      throw new KubeError(
        `the kubeconfig has no context "${options.context}"; it has: ${
          known || 'none'
        }`,
      );
    }
    config.setCurrentContext(options.context);
  }
  return config;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function single(value: unknown): string | Buffer | undefined {
  return typeof value === 'string' || Buffer.isBuffer(value)
    ? value
    : undefined;
}

async function httpsOptions(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw new KubeError(
      `the credentials of the kubeconfig could not be obtained: ${messageOf(
        error,
      )}`,
      { cause: error },
    );
  }
  return options;
}

function textHeaders(options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  if (options.headers && !Array.isArray(options.headers)) {
    for (const [name, value] of Object.entries(options.headers)) {
      if (typeof value === 'string') headers[name] = value;
    }
  }
  if (options.auth) {
    headers.Authorization = `Basic ${Buffer.from(options.auth).toString(
      'base64',
    )}`;
  }
  return headers;
}

/** How long headers are kept before they are asked for again; tokens live longer than this. */
const HEADERS_TTL_MS = 30_000;

/** Loads a kubeconfig, with all ways of proving an identity that the official library knows. Throws `KubeError`. */
export async function loadCredentials(
  options: CredentialsOptions,
): Promise<Credentials> {
  const config = loadConfig(options);
  const cluster = config.getCurrentCluster();
  if (!cluster) {
    throw new KubeError(
      'no cluster is configured: pass a kubeconfig, or set KUBECONFIG',
    );
  }
  if (cluster.proxyUrl) {
    throw new KubeError(
      `the kubeconfig sends requests to ${cluster.server} through the proxy ${cluster.proxyUrl}, which is not supported: use an address that can be reached directly`,
    );
  }
  const https = await httpsOptions(config);
  let known = textHeaders(https);
  let knownUntil = Date.now() + HEADERS_TTL_MS;
  return {
    server: cluster.server.replace(/\/+$/, ''),
    context: config.getCurrentContext(),
    namespace:
      config.getContextObject(config.getCurrentContext())?.namespace ??
      'default',
    tls: {
      ca: single(https.ca),
      cert: single(https.cert),
      key: single(https.key),
      servername: https.servername,
      rejectUnauthorized: https.rejectUnauthorized !== false,
    },
    async headers() {
      if (Date.now() > knownUntil) {
        known = textHeaders(await httpsOptions(config));
        knownUntil = Date.now() + HEADERS_TTL_MS;
      }
      return known;
    },
    renew() {
      knownUntil = 0;
    },
  };
}
