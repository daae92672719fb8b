/** The HTTP server gives addresses that are well-formed: their family is all that must be told. */
const isIPv4 = (text: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(text);
const isIPv6 = (text: string): boolean => /^[\da-f:]*:[\da-f:.]*$/i.test(text);

/**
 * The network that an address belongs to: enough to see that an act came from elsewhere, too little to point at one
 * person's machine for years. /24 of IPv4, /48 of IPv6.
 */
export function callerNetwork(address: string | undefined): string | null {
  if (address === undefined) return null;
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIPv4(plain)) return `${plain.split('.', 3).join('.')}.0/24`;
  if (!isIPv6(plain)) return null;
  const [head = '', tail] = plain.toLowerCase().split('::', 2);
  const first = head === '' ? [] : head.split(':');
  const rest = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: tail === undefined ? 0 : 8 - first.length - rest.length }, () => '0');
  const groups = [...first, ...zeros, ...rest].slice(0, 3).map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/48`;
}
