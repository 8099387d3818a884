/** An IP address as a number, with its family's length in bits. */
interface Address {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  const valid =
    parts.length === 4 &&
    parts.every(part => /^\d{1,3}$/.test(part) && Number(part) < 256);
  return valid
    ? {
        bits: 32,
        value: parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n),
      }
    : undefined;
}

function groupsOf(text: string): string[] {
  return text === '' ? [] : text.split(':');
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) {
    return undefined;
  }
  const [head, tail = ''] = halves;
  const before = groupsOf(head);
  const after = groupsOf(tail);
  const gap = 8 - before.length - after.length;
  if (halves.length === 1 ? gap !== 0 : gap < 1) {
    return undefined;
  }
  const groups = [...before, ...new Array<string>(gap).fill('0'), ...after];
  return groups.every(group => /^[0-9a-fA-F]{1,4}$/.test(group))
    ? {
        bits: 128,
        value: groups.reduce(
          (sum, group) => sum * 65536n + BigInt(`0x${group}`),
          0n,
        ),
      }
    : undefined;
}

function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

/** Whether an address lies in a range such as `10.0.0.0/8`; false for anything that is not both. */
export function inRange(address: string, cidr: string): boolean {
  const [network, length = ''] = cidr.split('/', 2);
  const found = parseAddress(address);
  const start = parseAddress(network);
  if (found === undefined || start === undefined || !/^\d+$/.test(length)) {
    return false;
  }
  const free = found.bits - Number(length);
  if (found.bits !== start.bits || free < 0) {
    return false;
  }
  return found.value >> BigInt(free) === start.value >> BigInt(free);
}

/** Whether a text is an address range such as `10.0.0.0/8` or `2001:db8::/32`. */
export function isRange(cidr: string): boolean {
  const [network] = cidr.split('/', 1);
  return inRange(network, cidr);
}
