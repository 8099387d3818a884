import { Flow, flowAllowed, KubeObject } from '@understage/plugin-paas-common';

/** A connection that network policies have to allow or to deny, once an application's own are out of the way. */
export interface ExpectedFlow {
  readonly title: string;
  readonly allowed: boolean;
  readonly flow: Pick<Flow, 'from' | 'to' | 'port' | 'protocol'>;
}

const pod = (
  namespace: string,
  labels: Readonly<Record<string, string>> = {},
) => ({
  kind: 'pod' as const,
  namespace,
  labels,
  ip: '10.244.0.1',
});
const outside = (ip: string) => ({ kind: 'external' as const, ip });
const web = pod('shop', { app: 'web' });
const tcp = (port: number) => ({ port, protocol: 'TCP' as const });

/** What the tenants say in `network`, tried one connection at a time. */
export const expectedFlows: readonly ExpectedFlow[] = [
  {
    title: 'a pod of another tenant calls in',
    allowed: false,
    flow: { from: pod('data'), to: web, ...tcp(80) },
  },
  {
    title: 'a pod of the cluster calls in',
    allowed: false,
    flow: { from: pod('kube-system'), to: web, ...tcp(80) },
  },
  {
    title: 'somebody outside calls in',
    allowed: false,
    flow: { from: outside('203.0.113.7'), to: web, ...tcp(80) },
  },
  {
    title: 'a pod calls another of its own tenant that did not ask for it',
    allowed: false,
    flow: { from: pod('shop', { app: 'other' }), to: web, ...tcp(80) },
  },
  {
    title: 'a pod calls a tenant that lets it in not',
    allowed: false,
    flow: { from: web, to: pod('data'), ...tcp(80) },
  },
  {
    title: 'a pod calls the cluster',
    allowed: false,
    flow: { from: web, to: pod('kube-system'), ...tcp(443) },
  },
  {
    title: 'a pod calls the metadata service',
    allowed: false,
    flow: { from: web, to: outside('169.254.169.254'), ...tcp(80) },
  },
  {
    title: 'a pod calls a private address',
    allowed: false,
    flow: { from: web, to: outside('192.168.1.1'), ...tcp(80) },
  },
  {
    title: 'a pod of a tenant without internet calls outside',
    allowed: false,
    flow: { from: pod('data'), to: outside('203.0.113.7'), ...tcp(443) },
  },
  {
    title: 'a pod asks for a name',
    allowed: true,
    flow: {
      from: web,
      to: pod('kube-system', { 'k8s-app': 'kube-dns' }),
      port: 53,
      protocol: 'UDP',
    },
  },
  {
    title: 'the ingress controller calls in where it may',
    allowed: true,
    flow: { from: pod('ingress'), to: pod('data'), ...tcp(80) },
  },
  {
    title: 'the ingress controller calls in where it may not',
    allowed: false,
    flow: { from: pod('ingress'), to: web, ...tcp(80) },
  },
  {
    title: 'a pod calls the internet',
    allowed: true,
    flow: { from: web, to: outside('203.0.113.7'), ...tcp(443) },
  },
  {
    title: 'a pod calls a range of the tenant',
    allowed: true,
    flow: { from: web, to: outside('10.20.30.40'), ...tcp(5432) },
  },
];

/** Asks the evaluator, with the policies that are in the cluster. */
export function isAllowed(
  { flow }: ExpectedFlow,
  {
    policies,
    namespaces,
  }: {
    readonly policies: readonly KubeObject[];
    readonly namespaces: Flow['namespaces'];
  },
): boolean {
  return flowAllowed({ ...flow, policies, namespaces });
}
