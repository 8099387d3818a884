// Private, link-local, shared and loopback ranges: where pods, nodes and metadata services live.
const insideV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
];
const insideV6 = ['::1/128', 'fc00::/7', 'fe80::/10'];

/** Every public address. */
export const internetPeers: readonly object[] = [
  { ipBlock: { cidr: '0.0.0.0/0', except: insideV4 } },
  { ipBlock: { cidr: '::/0', except: insideV6 } },
];

/**
 * The addresses of an external host as NetworkPolicy peers. An address is that address. A name can not be said in a
 * NetworkPolicy: it means every public address, and nothing inside, which is how far the API goes.
 */
export function externalPeers(host: string): readonly object[] {
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(host)) {
    return [{ ipBlock: { cidr: `${host}/32` } }];
  }
  if (host.includes(':')) {
    return [{ ipBlock: { cidr: `${host}/128` } }];
  }
  return internetPeers;
}
