import type { AddressProof, Locale, PersonAddress, RequesterId } from '#libs/contracts';

/** Somebody who asks the desk for help, on whatever channels. */
export interface Requester {
  readonly id: RequesterId;
  readonly name: string | null;
  readonly locale: Locale | null;
}

/** One way by which a requester is known. */
export interface RequesterAddress {
  readonly kind: string;
  readonly value: string;
  readonly proof: AddressProof;
  /** Whether the last word of a provider was that nothing arrives there. */
  readonly unreachable: boolean;
}

/** Who wrote, as a channel says it. */
export interface Sender {
  readonly addresses: readonly PersonAddress[];
  readonly name?: string | undefined;
  readonly locale?: Locale | undefined;
}

const strength: readonly AddressProof[] = ['none', 'wrote', 'signed', 'code'];

export const isStronger = (one: AddressProof, other: AddressProof): boolean =>
  strength.indexOf(one) > strength.indexOf(other);

/** Proofs that rest on a secret: only they may tie two addresses to one person. */
export const ties = (proof: AddressProof): boolean => proof === 'signed' || proof === 'code';

/**
 * The addresses by which a sender is recognised: the best proven one, and with it those that are proven by a secret
 * too. What is merely said beside it says nothing about who wrote.
 */
export function identityOf(sender: Sender): readonly PersonAddress[] {
  const [first, ...others] = sender.addresses;
  if (!first) return [];
  const best = others.reduce((found, address) => (isStronger(address.proof, found.proof) ? address : found), first);
  return ties(best.proof) ? sender.addresses.filter(({ proof }) => ties(proof)) : [best];
}
