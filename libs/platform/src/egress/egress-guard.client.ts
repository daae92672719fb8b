import { lookup } from 'node:dns/promises';
import { Inject, Injectable } from '@nestjs/common';
import { PlatformConfig } from '../config/platform-config.js';
import { readIp } from './ip-address.js';
import { bareName, isLoopback, isPublicAddress, mayReach, type OwnPlaces, readOwnPlaces } from './public-address.js';

/** An address that was looked at: the connection must go to this one, not to whatever the name means a moment later. */
export interface CheckedAddress {
  readonly address: string;
  readonly family: 4 | 6;
  readonly loopback: boolean;
  /** Not of the open Internet: one of the places that `EGRESS_ALLOW` names. */
  readonly own: boolean;
}

/** The desk does not connect there. One text for all reasons, so that nobody can ask the inside what there is. */
export class EgressRefused extends Error {
  override readonly name = 'EgressRefused';

  constructor() {
    super('The desk does not connect to this address');
  }
}

/** How a name becomes addresses. */
export type Resolve = (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const patienceMs = 5_000;

/**
 * Decides where the desk may connect to when somebody else says where: nowhere inside, unless `EGRESS_ALLOW` names
 * it. One bad address among those of a name refuses the name.
 */
@Injectable()
export class EgressGuard {
  private readonly own: OwnPlaces;

  constructor(@Inject(PlatformConfig) config: Pick<PlatformConfig, 'EGRESS_ALLOW'>) {
    this.own = readOwnPlaces(config.EGRESS_ALLOW) ?? { networks: [], names: [] };
  }

  /** Overridden by tests of names that change. */
  resolve: Resolve = (host) => lookup(host, { all: true, verbatim: true });

  /** The addresses of a host, all of which were looked at. Throws `EgressRefused`; an unknown name as the resolver does. */
  async check(host: string): Promise<readonly [CheckedAddress, ...CheckedAddress[]]> {
    const [first, ...others] = await this.addressesOf(host.replace(/^\[|\]$/g, ''));
    if (!first) throw new EgressRefused();
    return [first, ...others];
  }

  private async addressesOf(host: string): Promise<CheckedAddress[]> {
    const literal = readIp(host);
    const found = literal ? [{ address: host }] : await inTime(this.resolve(bareName(host)));
    return found.map(({ address }) => {
      const bytes = readIp(address);
      if (!bytes || !mayReach(host, bytes, this.own)) throw new EgressRefused();
      return {
        address,
        family: address.includes(':') ? 6 : 4,
        loopback: isLoopback(bytes),
        own: !isPublicAddress(bytes),
      };
    });
  }
}

/** A resolver can take longer than anybody waits. */
function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' })), patienceMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
