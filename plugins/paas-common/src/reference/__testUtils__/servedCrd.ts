// eslint-disable-next-line @backstage/no-mixed-plugin-imports -- a test may start the playground, see the import matrix
import { Playground, startPlayground } from '@understage/playground';

/** A CustomResourceDefinition as a real API server serves it. */
export interface ServedCrd {
  readonly kubectl: Playground['kubectl'];
  /** Server-side apply as the administrator. */
  apply(object: unknown, ...flags: string[]): Promise<string>;
  /** `accepted`, or the API server's words; nothing is written. */
  refusalOf(object: unknown): Promise<string>;
  stop(): Promise<void>;
}

/** Starts an API server and has it serve the definition. */
export async function serveCrd(crd: {
  readonly metadata: { readonly name: string };
}): Promise<ServedCrd> {
  const playground = await startPlayground({
    components: ['etcd', 'kube-apiserver'],
  });
  const apply: ServedCrd['apply'] = (object, ...flags) =>
    playground.kubectl(
      ['apply', '--server-side', ...flags, '-f', '-'],
      JSON.stringify(object),
    );
  await apply(crd);
  await playground.kubectl([
    'wait',
    '--for=condition=Established',
    `crd/${crd.metadata.name}`,
    '--timeout=60s',
  ]);
  return {
    kubectl: (args, stdin) => playground.kubectl(args, stdin),
    apply,
    refusalOf: object =>
      apply(object, '--dry-run=server').then(
        () => 'accepted',
        (error: Error) => error.message,
      ),
    stop: () => playground.stop(),
  };
}
