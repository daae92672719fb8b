import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ChannelsRepository, OutboxRepository, type NewOutbox, type ReadyRow } from '#libs/channels';
import { outboundJob, type MessageId, type OutboundMessage } from '#libs/contracts';
import type { Db } from '#libs/database';
import { Secrets } from '#libs/platform';
import { outboundIdOf, tagPurpose, ticketTag } from '../ticket-tag.js';
import { acknowledgementAddress, composeAcknowledgement, silence } from './acknowledgement.js';
import type { InboundRound } from './inbound-round.js';
import type { Wording } from '../wording/wording.js';
import { WordingRepository } from '../wording/wording.repository.js';
import { RecordInboundRepository } from './record-inbound.repository.js';
import type { OpenedTicket } from './recording.js';

interface Written {
  readonly ticket: OpenedTicket;
  readonly tag: string;
  readonly message: OutboundMessage;
}

/**
 * So many new tickets at once are a flood: their acknowledgements are left to the gateways, whose dispatchers find them
 * and let them wait while mail is still coming in.
 */
const flood = 20;

/** Tells requesters that their request arrived, once for each ticket and never to a robot. */
@Injectable()
export class AcknowledgementsService {
  constructor(
    private readonly records: RecordInboundRepository,
    private readonly outbox: OutboxRepository,
    private readonly channels: ChannelsRepository,
    private readonly secrets: Secrets,
    private readonly wordings: WordingRepository,
  ) {}

  async acknowledge(tx: Db, opened: readonly OpenedTicket[], round: InboundRound): Promise<void> {
    if (opened.length === 0) return;
    const wording = await this.wordings.now(tx);
    const wanted = await this.choose(tx, opened, round, wording);
    if (wanted.length === 0) return;
    const first = await this.records.markAcknowledged(
      tx,
      wanted.map(({ id }) => id),
    );
    const written = wanted.filter(({ id }) => first.has(id)).map((ticket) => this.write(ticket, wording));
    const messages = await this.records.addAcknowledgements(
      tx,
      written.map(({ ticket: { id, row }, message }) => ({
        ticketId: id,
        channel: row.channel,
        accountId: row.accountId,
        text: message.text,
      })),
    );
    const rung = written.length < flood;
    const ids = await this.outbox.add(
      tx,
      written.map((one) => outboxOf(one, messages.get(one.ticket.id) ?? null)),
      { rung },
    );
    if (!rung) return;
    ids.forEach((id, index) => {
      const channel = written[index]?.ticket.row.channel;
      if (channel) round.ring(outboundJob(channel), [id]);
    });
  }

  private async choose(
    tx: Db,
    opened: readonly OpenedTicket[],
    round: InboundRound,
    { settings }: Wording,
  ): Promise<OpenedTicket[]> {
    const canReply = new Map(
      (await this.channels.list(tx)).map(({ kind, capabilities }) => [kind, capabilities.reply]),
    );
    const counts = await this.counts(tx, opened);
    return opened.filter((ticket) => {
      const { row, id: ticketId } = ticket;
      const destination = key(row);
      const sentWithinDay = counts.get(destination) ?? 0;
      const why = silence({
        message: row.message,
        canReply: canReply.get(row.channel) ?? false,
        senderKnown: row.message.sender.addresses.length > 0,
        sentWithinDay,
        switchedOff: !settings.acknowledge,
      });
      if (!why) counts.set(destination, sentWithinDay + 1);
      round.explain({
        step: 'acknowledgement',
        inboxId: row.id,
        ticketId,
        outcome: why ? 'none' : 'sent',
        reason: why ? { why, sentWithinDay } : { sentWithinDay },
      });
      return !why;
    });
  }

  private async counts(tx: Db, opened: readonly OpenedTicket[]): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const channel of new Set(opened.map(({ row }) => row.channel))) {
      const rows = opened.filter(({ row }) => row.channel === channel).map(({ row }) => row);
      const destinations = [...new Set(rows.map(({ message }) => acknowledgementAddress(message)))];
      const found = await this.outbox.automaticCounts(tx, channel, destinations);
      for (const [destination, count] of found) counts.set(`${channel}\0${destination}`, count);
    }
    return counts;
  }

  private write(ticket: OpenedTicket, wording: Wording): Written {
    const { id, number, locale, row } = ticket;
    const tag = ticketTag(id, (value) => this.secrets.mac(tagPurpose, value));
    const says = wording.acknowledgement(locale, row.channel, number);
    return { ticket, tag, message: composeAcknowledgement(row.message, { id, number, locale, tag, says }) };
  }
}

const key = ({ channel, message }: ReadyRow): string => `${channel}\0${acknowledgementAddress(message)}`;

const outboxOf = ({ ticket: { id, row }, tag, message }: Written, messageId: MessageId | null): NewOutbox => ({
  ticketId: id,
  messageId,
  orderKey: `t${id}`,
  channel: row.channel,
  accountId: row.accountId,
  message,
  externalId: outboundIdOf(tag, randomBytes(8)),
  idem: `ack:${id}`,
  automatic: true,
});
