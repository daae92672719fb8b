import { type IpBytes, isWithin, type Network, readNetwork } from './ip-address.js';

const networks = (list: string): Network[] => list.split(/\s+/).flatMap((text) => readNetwork(text) ?? []);

/**
 * IPv4 that is not on the open Internet (IANA special-purpose registry): this host, private, shared by carriers,
 * loopback, link-local with the metadata services of clouds, examples, benchmarks, multicast, reserved.
 */
const hiddenV4 = networks(`0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24
  192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4`);

/** IPv6 has one open part; out of it what tunnels IPv4 to anywhere, and examples. */
const openV6 = networks('2000::/3');
const hiddenV6 = networks('2001::/23 2001:db8::/32 2002::/16 3fff::/20');

const loopback = networks('127.0.0.0/8 ::1/128');

const isAmong = (address: IpBytes, list: readonly Network[]): boolean =>
  list.some((network) => isWithin(address, network));

/** Whether an address is one of the open Internet. */
export const isPublicAddress = (address: IpBytes): boolean =>
  address.length === 4 ? !isAmong(address, hiddenV4) : isAmong(address, openV6) && !isAmong(address, hiddenV6);

export const isLoopback = (address: IpBytes): boolean => isAmong(address, loopback);

/** What the desk may reach besides the open Internet: its own networks, as whoever installed it says. */
export interface OwnPlaces {
  readonly networks: readonly Network[];
  /** Names whose addresses may be anything. */
  readonly names: readonly string[];
}

const hostName = /^(?=.{1,253}$)[a-z\d_]([a-z\d_-]{0,62}[a-z\d_])?(\.[a-z\d_]([a-z\d_-]{0,62}[a-z\d_])?)*$/;

/** Reads `10.0.0.0/8, mail.corp.example`; undefined when a part of it is neither a network nor a name. */
export function readOwnPlaces(text: string): OwnPlaces | undefined {
  const parts = text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const found = parts.map((part) => readNetwork(part) ?? part);
  const names = found.filter((one) => typeof one === 'string');
  if (!names.every((name) => hostName.test(name) && !/^[\d.]+$/.test(name))) return undefined;
  return { networks: found.filter((one) => typeof one !== 'string'), names };
}

/** Whether a connection to this address, asked for by this name, may be made. */
export const mayReach = (host: string, address: IpBytes, own: OwnPlaces): boolean =>
  isPublicAddress(address) || isAmong(address, own.networks) || own.names.includes(bareName(host));

/** `Example.COM.` is `example.com`. */
export const bareName = (host: string): string => host.toLowerCase().replace(/\.$/, '');
