import { Kubectl } from './kubectl';

/** One application as its status tells. */
export interface ApplicationRow {
  readonly namespace: string;
  readonly name: string;
  readonly state: string;
  readonly message: string;
}

interface ApplicationItems {
  readonly items: readonly {
    readonly metadata: { readonly namespace: string; readonly name: string };
    readonly status?: { readonly state?: string; readonly message?: string };
  }[];
}

/** All applications of the cluster; empty where the definition is not installed. */
export async function readApplicationRows(
  kubectl: Kubectl,
): Promise<readonly ApplicationRow[]> {
  const text = await kubectl([
    'get',
    'applications.paas.understage.dev',
    '--all-namespaces',
    '--output',
    'json',
  ]);
  const { items }: ApplicationItems = JSON.parse(text);
  return items.map(({ metadata, status }) => ({
    namespace: metadata.namespace,
    name: metadata.name,
    state: status?.state ?? 'Pending',
    message: status?.message ?? '',
  }));
}

const ellipsis = (text: string, width: number) =>
  text.length <= width ? text : `${text.slice(0, Math.max(0, width - 3))}...`;

/** The rows as aligned text, the message cut where the terminal ends. */
export function formatApplicationTable(
  rows: readonly ApplicationRow[],
  width: number,
): string {
  const header = {
    namespace: 'NAMESPACE',
    name: 'APPLICATION',
    state: 'STATE',
    message: 'MESSAGE',
  };
  const all = [header, ...rows];
  const widest = (field: 'namespace' | 'name' | 'state') =>
    Math.max(...all.map(row => row[field].length));
  const columns = {
    namespace: widest('namespace'),
    name: widest('name'),
    state: widest('state'),
  };
  const rest = width - columns.namespace - columns.name - columns.state - 6;
  return all
    .map(row =>
      [
        row.namespace.padEnd(columns.namespace),
        row.name.padEnd(columns.name),
        row.state.padEnd(columns.state),
        ellipsis(row.message, Math.max(20, rest)),
      ]
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
