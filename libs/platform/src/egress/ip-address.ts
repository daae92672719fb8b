/** An IP address as its bytes: 4 or 16. */
export type IpBytes = readonly number[];

/** Reads an address as Node writes it; undefined for what is none. IPv4 inside IPv6 (`::ffff:a.b.c.d`) is IPv4. */
export function readIp(text: string): IpBytes | undefined {
  const plain = text.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  if (!plain.includes(':')) return readV4(plain);
  const bytes = readV6(plain);
  const isMapped = bytes?.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff && bytes[11] === 0xff;
  return isMapped ? bytes?.slice(12) : bytes;
}

function readV4(text: string): IpBytes | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part))) return undefined;
  const bytes = parts.map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : undefined;
}

function readV6(text: string): IpBytes | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => (half === '' ? [] : half.split(':').flatMap(readGroup)));
  if (!head) return undefined;
  const missing = 16 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  const bytes = [...head, ...Array.from({ length: Math.max(0, missing) }, () => 0), ...(tail ?? [])];
  return bytes.every((byte) => byte >= 0 && byte <= 255) ? bytes : undefined;
}

/** The bytes of one group; of an IPv4 tail four. What is no group spoils the whole by a byte that there is not. */
function readGroup(group: string): IpBytes {
  if (group.includes('.')) return readV4(group) ?? [-1];
  if (!/^[\da-f]{1,4}$/i.test(group)) return [-1];
  const value = Number.parseInt(group, 16);
  return [value >> 8, value & 0xff];
}

/** Addresses that begin with the same bits. */
export interface Network {
  readonly bytes: IpBytes;
  readonly bits: number;
}

/** `10.0.0.0/8`, or an address alone. */
export function readNetwork(text: string): Network | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const bytes = readIp(address);
  if (!bytes || rest.length > 0) return undefined;
  const most = bytes.length * 8;
  if (length === undefined) return { bytes, bits: most };
  return /^\d{1,3}$/.test(length) && Number(length) <= most ? { bytes, bits: Number(length) } : undefined;
}

/** Whether an address lies in a network of its own family. */
export function isWithin(address: IpBytes, { bytes, bits }: Network): boolean {
  if (address.length !== bytes.length) return false;
  return address.every((byte, index) => {
    const rest = bits - index * 8;
    const mask = rest >= 8 ? 0xff : rest <= 0 ? 0 : 0xff & (0xff << (8 - rest));
    return (byte & mask) === ((bytes[index] ?? 0) & mask);
  });
}
