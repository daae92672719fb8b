import type { AddressProof, Locale, PersonAddress, RequesterId } from '#libs/contracts';
import { identityOf, isStronger, type Sender } from './requester.js';

/** What is stored of an address and of the requester it leads to. */
export interface KnownAddress {
  readonly kind: string;
  readonly value: string;
  readonly proof: AddressProof;
  readonly unreachable: boolean;
  readonly requesterId: RequesterId;
  readonly name: string | null;
  readonly locale: Locale | null;
}

/** A requester that exists, or the index of one in {@link IdentityPlan.created}. */
export type Who = { readonly id: RequesterId } | { readonly created: number };

export interface NewAddress {
  readonly who: Who;
  readonly address: PersonAddress;
}

/** What has to be written so that every sender is one requester. */
export interface IdentityPlan {
  /** One for each sender, in their order. */
  readonly who: readonly Who[];
  readonly created: readonly { name: string | null; locale: Locale | null }[];
  readonly addresses: readonly NewAddress[];
  /** Requesters that turned out to be the same person as `into`. */
  readonly merges: readonly { from: RequesterId; into: RequesterId }[];
  /** Addresses that are proven better than was known, or that were thought unreachable. */
  readonly confirmed: readonly PersonAddress[];
  /** Names and languages of requesters who had none. */
  readonly filled: readonly { id: RequesterId; name: string | null; locale: Locale | null }[];
}

/** One text of kind and value; neither contains NUL. */
export const addressKey = ({ kind, value }: { kind: string; value: string }): string => `${kind}\0${value}`;

const older = (one: RequesterId, other: RequesterId): RequesterId => (BigInt(one) < BigInt(other) ? one : other);

/**
 * Recognises senders, one after another, so that two of the same batch may be the same person. Two requesters are
 * merged, into the older, only where one sender holds addresses of both by a secret.
 */
export function planIdentity(senders: readonly Sender[], known: readonly KnownAddress[]): IdentityPlan {
  const draft = new Draft(known);
  const who = senders.map((sender) => draft.recognise(sender));
  return { ...draft.plan, who: who.map((found) => draft.rootOf(found)) };
}

class Draft {
  readonly plan = {
    created: [] as { name: string | null; locale: Locale | null }[],
    addresses: [] as NewAddress[],
    merges: [] as { from: RequesterId; into: RequesterId }[],
    confirmed: [] as PersonAddress[],
    filled: [] as { id: RequesterId; name: string | null; locale: Locale | null }[],
  };
  private readonly stored: Map<string, KnownAddress>;
  private readonly found: Map<string, Who>;
  private readonly mergedInto = new Map<RequesterId, RequesterId>();

  constructor(known: readonly KnownAddress[]) {
    this.stored = new Map(known.map((address) => [addressKey(address), address]));
    this.found = new Map(known.map((address) => [addressKey(address), { id: address.requesterId }]));
  }

  recognise(sender: Sender): Who {
    const identity = identityOf(sender);
    const owners = identity.flatMap((address) => this.found.get(addressKey(address)) ?? []);
    const who = this.unite(owners) ?? this.create(sender);
    for (const address of identity) this.take(address, who);
    this.fill(sender, identity, who);
    return who;
  }

  rootOf(who: Who): Who {
    if ('created' in who) return who;
    const into = this.mergedInto.get(who.id);
    return into ? this.rootOf({ id: into }) : who;
  }

  private unite(owners: readonly Who[]): Who | undefined {
    const roots = owners.map((owner) => this.rootOf(owner));
    const ids = [...new Set(roots.flatMap((root) => ('id' in root ? [root.id] : [])))];
    const [first, ...others] = ids;
    if (first === undefined) return roots[0];
    const into = others.reduce(older, first);
    for (const from of ids) {
      if (from === into) continue;
      this.plan.merges.push({ from, into });
      this.mergedInto.set(from, into);
    }
    return { id: into };
  }

  private create({ name, locale }: Sender): Who {
    return { created: this.plan.created.push({ name: name ?? null, locale: locale ?? null }) - 1 };
  }

  private take(address: PersonAddress, who: Who): void {
    const key = addressKey(address);
    const stored = this.stored.get(key);
    if (stored) {
      if (isStronger(address.proof, stored.proof) || stored.unreachable) this.plan.confirmed.push(address);
      return;
    }
    if (this.found.has(key)) return;
    this.found.set(key, who);
    this.plan.addresses.push({ who, address });
  }

  private fill(sender: Sender, identity: readonly PersonAddress[], who: Who): void {
    if (!('id' in who)) return;
    const stored = identity.flatMap((address) => this.stored.get(addressKey(address)) ?? []);
    const name = stored.some((address) => address.name) ? null : (sender.name ?? null);
    const locale = stored.some((address) => address.locale) ? null : (sender.locale ?? null);
    if (name ?? locale) this.plan.filled.push({ id: who.id, name, locale });
  }
}
