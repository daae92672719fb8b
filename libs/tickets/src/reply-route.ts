import type { AccountId, AddressProof } from '#libs/contracts';
import type { Saying } from '#libs/platform';
import type { Ticket } from './ticket.js';

/** A way by which a requester can be answered. */
export interface ReplyRoute {
  readonly channel: string;
  readonly accountId: AccountId;
  readonly to: string;
  readonly from: string | null;
}

/** An account that can send, with what its channel announced. */
export interface SendingAccount {
  readonly id: AccountId;
  readonly channel: string;
  readonly enabled: boolean;
  /** The channel carries answers at all. */
  readonly canReply: boolean;
  /** It may write to somebody who did not write there first. */
  readonly canInitiate: boolean;
}

/** Accounts with what their channels announced; a channel that never did (the phone log) carries no answers. */
export const sendingAccounts = (
  accounts: readonly Pick<SendingAccount, 'id' | 'channel' | 'enabled'>[],
  channels: readonly { readonly kind: string; readonly capabilities: { reply: boolean; initiate: boolean } }[],
): readonly SendingAccount[] =>
  accounts.map(({ id, channel, enabled }) => {
    const can = channels.find(({ kind }) => kind === channel)?.capabilities;
    return { id, channel, enabled, canReply: can?.reply ?? false, canInitiate: can?.initiate ?? false };
  });

export interface KnownAddress {
  readonly kind: string;
  readonly value: string;
  readonly proof: AddressProof;
  readonly unreachable: boolean;
}

/** What is known of how a requester can be reached. */
export interface Reach {
  /** Ways by which their tickets came, newest first. */
  readonly earlier: readonly ReplyRoute[];
  readonly addresses: readonly KnownAddress[];
  readonly accounts: readonly SendingAccount[];
}

/** The channel whose answers are read on the requester's own page: nothing is sent. */
export const pageChannel = 'form';

export type ChosenRoute =
  | { readonly ok: true; readonly route: ReplyRoute }
  | { readonly ok: true; readonly route: undefined }
  | { readonly ok: false; readonly code: 'no_address_on_channel'; readonly detail: Saying };

/**
 * Every channel on which the requester is known and can be answered, one way each: where they wrote last, or an
 * address that they proved or wrote from, where the channel lets the desk write first.
 */
export function replyRoutes({ earlier, addresses, accounts }: Reach): readonly ReplyRoute[] {
  const sending = accounts.filter((account) => account.enabled && account.canReply);
  const written = earlier.filter((way) => sending.some((account) => account.id === way.accountId));
  const proven = addresses
    .filter((address) => address.proof !== 'none' && !address.unreachable)
    .flatMap(({ kind, value }) => {
      const account = sending.find((candidate) => candidate.channel === kind && candidate.canInitiate);
      return account ? [{ channel: kind, accountId: account.id, to: value, from: null }] : [];
    });
  const byChannel = new Map<string, ReplyRoute>();
  for (const way of [...written, ...proven]) if (!byChannel.has(way.channel)) byChannel.set(way.channel, way);
  return [...byChannel.values()];
}

type Addressed = Pick<Ticket, 'channel' | 'accountId' | 'replyTo' | 'replyFrom'>;

/**
 * The way a reply takes: the one the request came by, or the channel that the specialist picked if the requester is
 * known there. `route` is undefined where the answer waits on the requester's page. Where nobody can open that page,
 * because no user of the platform sent the form, a reply takes any other way there is.
 */
export function chooseRoute(ticket: Addressed, picked: string | undefined, reach: Reach): ChosenRoute {
  const channel = picked ?? ticket.channel;
  if (channel === ticket.channel) {
    if (hasPage(ticket)) return { ok: true, route: undefined };
    const own = ownRoute(ticket, reach.accounts);
    if (own) return { ok: true, route: own };
  }
  const routes = replyRoutes(reach);
  const other = picked === undefined && channel === pageChannel ? routes[0] : undefined;
  const route = routes.find((way) => way.channel === channel) ?? other;
  if (route) return { ok: true, route };
  return { ok: false, code: 'no_address_on_channel', detail: { text: 'refusal.requesterUnreachable', channel } };
}

/** Channels that a reply may pick, the one it takes by itself first: the way the request came. */
export function replyChannels(ticket: Pick<Addressed, 'channel' | 'replyTo'>, reach: Reach): readonly string[] {
  const ways = replyRoutes(reach).map(({ channel }) => channel);
  if (hasPage(ticket)) return [...new Set([pageChannel, ...ways])];
  return ways.sort((one, other) => Number(other === ticket.channel) - Number(one === ticket.channel));
}

/** Whether the requester has a page on which the answers to this ticket can be read. */
const hasPage = ({ channel, replyTo }: Pick<Addressed, 'channel' | 'replyTo'>): boolean =>
  channel === pageChannel && Boolean(replyTo);

function ownRoute(ticket: Addressed, accounts: readonly SendingAccount[]): ReplyRoute | undefined {
  const account = accounts.find(({ id }) => id === ticket.accountId);
  if (!account?.enabled || !account.canReply || !ticket.replyTo) return undefined;
  return { channel: ticket.channel, accountId: account.id, to: ticket.replyTo, from: ticket.replyFrom };
}
