import { KubeConfig } from '@kubernetes/client-node';
import { readFileSync } from 'node:fs';
import { RequestOptions } from 'node:https';
import { KubeError } from '../errors';
import { kubeconfigImpersonation } from './kubeconfigIdentity';
import { RequestHeaders } from './transport';

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
  headers(): Promise<RequestHeaders>;
  /** Asks for the headers anew next time: the server did not accept them. */
  renew(): void;
}

export interface CredentialsOptions {
  /** Path of a kubeconfig; absent means `KUBECONFIG`, `~/.kube/config`, or the pod's account. */
  readonly kubeconfig?: string;
  readonly context?: string;
  readonly inCluster?: boolean;
}

/** The file as text, read here so that a missing one is our sentence and not a stack trace. */
function readFile(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new KubeError(
      `the kubeconfig ${file} can not be read: ${messageOf(error)}`,
      { cause: error },
    );
  }
}

function loadFile(config: KubeConfig, file: string): void {
  const isEmpty = readFile(file).trim() === '';
  try {
    if (isEmpty) throw new Error('it is empty');
    config.loadFromFile(file);
  } catch (error) {
    // Parsers draw a picture of the place below their sentence.
    const [why] = messageOf(error).split('\n');
    throw new KubeError(`${file} is no kubeconfig: ${why}`, { cause: error });
  }
}

function loadConfig(options: CredentialsOptions): KubeConfig {
  const config = new KubeConfig();
  if (options.inCluster) config.loadFromCluster();
  else if (options.kubeconfig) loadFile(config, options.kubeconfig);
  else config.loadFromDefault();
  if (options.context) {
    if (!config.getContextObject(options.context)) {
      throw new KubeError(
        `the kubeconfig has no context "${
          options.context
        }"; it has: ${contextsOf(config)}`,
      );
    }
    config.setCurrentContext(options.context);
  }
  return config;
}

function contextsOf({ contexts }: KubeConfig): string {
  return contexts.map(context => context.name).join(', ') || 'none';
}

/** The cluster of the context in use. */
function clusterOf(config: KubeConfig, { kubeconfig }: CredentialsOptions) {
  const cluster = config.getCurrentCluster();
  if (!cluster) {
    throw new KubeError(
      kubeconfig
        ? `the kubeconfig ${kubeconfig} leads to no cluster: its current context is "${
            config.currentContext ?? ''
          }", its contexts are: ${contextsOf(config)}`
        : 'no cluster is configured: pass a kubeconfig, or set KUBECONFIG',
    );
  }
  if (!URL.canParse(cluster.server)) {
    throw new KubeError(
      `the server of the cluster ${cluster.name} in the kubeconfig, "${cluster.server}", is no address`,
    );
  }
  if (cluster.proxyUrl) {
    throw new KubeError(
      `the kubeconfig sends requests to ${cluster.server} through the proxy ${cluster.proxyUrl}, which is not supported: use an address that can be reached directly`,
    );
  }
  return cluster;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function single(value: unknown): string | Buffer | undefined {
  return typeof value === 'string' || Buffer.isBuffer(value)
    ? value
    : undefined;
}

/** A login program may ask a person, in a browser even; after this long nobody is there. */
const LOGIN_MS = 60_000;

/** Why a login failed, in one line; of a program that is missing, which one. */
function loginFailure(config: KubeConfig, error: unknown): string {
  const command: unknown = config.getCurrentUser()?.exec?.command;
  const message = messageOf(error).trim().split('\n').join('; ');
  if (typeof command !== 'string') return message;
  const isMissing =
    typeof error === 'object' &&
    error !== null &&
    Reflect.get(error, 'code') === 'ENOENT';
  return isMissing
    ? `its login program ${command} is not installed`
    : `its login program ${command}: ${message || 'it failed without a word'}`;
}

async function httpsOptions(config: KubeConfig): Promise<RequestOptions> {
  const options: RequestOptions = {};
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    const late = () =>
      reject(new Error(`nothing came within ${LOGIN_MS / 1000} s`));
    timer = setTimeout(late, LOGIN_MS);
    timer.unref();
  });
  try {
    await Promise.race([config.applyToHTTPSOptions(options), patience]);
  } catch (error) {
    throw new KubeError(
      `the credentials of the kubeconfig could not be obtained: ${loginFailure(
        config,
        error,
      )}`,
      { cause: error },
    );
  } finally {
    clearTimeout(timer);
  }
  return options;
}

function textHeaders(options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  if (options.headers && !Array.isArray(options.headers)) {
    for (const [name, value] of Object.entries(options.headers)) {
      // Whom the login acts as is said as a whole, not by its name alone.
      const isOurs = name.toLowerCase() === 'impersonate-user';
      if (typeof value === 'string' && !isOurs) headers[name] = value;
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
  const cluster = clusterOf(config, options);
  const actsAs = options.inCluster
    ? {}
    : kubeconfigImpersonation(
        config.getCurrentUser()?.name,
        options.kubeconfig,
      );
  const https = await httpsOptions(config);
  let known: RequestHeaders = { ...textHeaders(https), ...actsAs };
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
        known = { ...textHeaders(await httpsOptions(config)), ...actsAs };
        knownUntil = Date.now() + HEADERS_TTL_MS;
      }
      return known;
    },
    renew() {
      knownUntil = 0;
    },
  };
}
