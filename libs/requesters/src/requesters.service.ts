import { Injectable } from '@nestjs/common';
import type { RequesterId } from '#libs/contracts';
import type { Db } from '#libs/database';
import { addressKey, planIdentity, type IdentityPlan, type NewAddress } from './plan-identity.js';
import { identityOf, type Sender } from './requester.js';
import { RequestersRepository, type AddressRow } from './requesters.repository.js';

/** Each sender's requester, in their order, and who turned out to be somebody else on the way. */
export interface Identified {
  readonly requesterIds: readonly RequesterId[];
  /** Whatever belongs to `from` belongs to `into` now. */
  readonly merges: readonly { from: RequesterId; into: RequesterId }[];
}

/** Another router can be faster at most once for each address of a sender. */
const attempts = 8;

const rowOf = ({ who, address }: NewAddress): AddressRow => ({
  ...address,
  requesterId: 'id' in who ? who.id : null,
  created: 'created' in who ? who.created : null,
});

/** Recognises who wrote. */
@Injectable()
export class RequestersService {
  constructor(private readonly requesters: RequestersRepository) {}

  /** Finds or creates the requester of every sender. `tx`: what is created stands or falls with the messages. */
  async identify(tx: Db, senders: readonly Sender[]): Promise<Identified> {
    const merges: { from: RequesterId; into: RequesterId }[] = [];
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const plan = planIdentity(senders, await this.lookUp(tx, senders));
      const created = await this.carryOut(tx, plan, merges);
      if (created)
        return { requesterIds: plan.who.map((who) => ('id' in who ? who.id : created[who.created]!)), merges };
    }
    throw new Error('requesters are being merged by others at this moment');
  }

  /** The requesters of senders who are known already; nothing is created. */
  async known(tx: Db, senders: readonly Sender[]): Promise<readonly (RequesterId | undefined)[]> {
    const found = new Map(
      (await this.lookUp(tx, senders)).map((address) => [addressKey(address), address.requesterId]),
    );
    return senders.map((sender) =>
      identityOf(sender)
        .map((address) => found.get(addressKey(address)))
        .find(Boolean),
    );
  }

  private async lookUp(tx: Db, senders: readonly Sender[]) {
    const addresses = new Map(senders.flatMap(identityOf).map((address) => [addressKey(address), address]));
    return addresses.size > 0 ? this.requesters.lookUp(tx, [...addresses.values()]) : [];
  }

  /** The ids of the created requesters; undefined when another router was faster and the plan must be made anew. */
  private async carryOut(
    tx: Db,
    plan: IdentityPlan,
    merges: { from: RequesterId; into: RequesterId }[],
  ): Promise<readonly RequesterId[] | undefined> {
    for (const { from, into } of plan.merges) {
      if (!(await this.requesters.merge(tx, from, into))) return undefined;
      merges.push({ from, into });
    }
    const created = await this.create(tx, plan);
    if (!created) return undefined;
    if (plan.confirmed.length > 0) await this.requesters.confirm(tx, plan.confirmed);
    if (plan.filled.length > 0) await this.requesters.fill(tx, plan.filled);
    return created;
  }

  private async create(tx: Db, plan: IdentityPlan): Promise<readonly RequesterId[] | undefined> {
    if (plan.created.length === 0 && plan.addresses.length === 0) return [];
    const { ids, stored } = await this.requesters.add(tx, plan.created, plan.addresses.map(rowOf));
    if (stored === plan.addresses.length) return ids;
    await this.requesters.removeAddressless(tx, ids);
    return undefined;
  }
}
