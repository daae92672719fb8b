/** Who the desk is to an authenticator. */
export interface RelyingParty {
  /** Passkeys work on this host name alone. */
  readonly id: string;
  /** And on pages of this origin. */
  readonly origin: string;
}

/** As `URL` writes them: every IPv4 address in four numbers, every IPv6 address in brackets. */
const isAddress = (host: string): boolean => host.startsWith('[') || /^\d{1,3}(\.\d{1,3}){3}$/.test(host);

const isLoopback = (host: string): boolean => host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);

/**
 * The relying party of a desk at this address; nothing where browsers make no passkeys: without TLS, and at an address
 * without a name. A desk on the loopback is reached as `localhost`, too.
 */
export function relyingParty(publicUrl: string): RelyingParty | undefined {
  const url = new URL(publicUrl);
  if (isLoopback(url.hostname)) url.hostname = 'localhost';
  const { hostname: id, origin, protocol } = url;
  if (isAddress(id)) return undefined;
  const isSafe = protocol === 'https:' || id === 'localhost' || id.endsWith('.localhost');
  return isSafe ? { id, origin } : undefined;
}
