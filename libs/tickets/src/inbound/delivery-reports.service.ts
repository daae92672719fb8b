import { Injectable } from '@nestjs/common';
import { DeliveryReportsRepository, OutboxRepository, type OutboxRow, type ReadyRow } from '#libs/channels';
import type { DeliveryReport } from '#libs/contracts';
import type { Db } from '#libs/database';
import { RequestersRepository } from '#libs/requesters';
import type { InboundRound } from './inbound-round.js';

interface Matched {
  readonly row: ReadyRow;
  readonly report: DeliveryReport;
  readonly sent: OutboxRow;
}

/** Settles what the outside reports about items that we sent. */
@Injectable()
export class DeliveryReportsService {
  constructor(
    private readonly outbox: OutboxRepository,
    private readonly reports: DeliveryReportsRepository,
    private readonly requesters: RequestersRepository,
  ) {}

  /**
   * Ends the rows that report on an item of ours and gives the others. A report is believed when it quotes our own
   * id, which nobody else knows, and names nobody but whom we wrote to.
   */
  async settle(tx: Db, rows: readonly ReadyRow[], round: InboundRound): Promise<readonly ReadyRow[]> {
    await this.closeChats(tx, rows.filter(closesChat), round);
    const about = rows.filter((row) => !closesChat(row));
    const matched = await this.match(tx, about);
    if (matched.length === 0) return about;
    await this.reports.report(
      tx,
      matched.map(({ sent, report }) => ({
        id: sent.id,
        outcome: report.outcome,
        code: report.status ?? report.outcome,
        reason: report.detail ?? '',
      })),
    );
    const dead = matched.filter(({ report }) => isFinal(report));
    if (dead.length > 0) {
      await this.requesters.markUnreachable(
        tx,
        dead.map(({ sent, report }) => ({
          kind: sent.channel,
          value: sent.destination.toLowerCase(),
          reason: report.status ?? '',
        })),
      );
    }
    for (const { row, report, sent } of matched) {
      const { ticketId, messageId } = sent;
      round.end({
        id: row.id,
        fate: 'report',
        reason: report.outcome,
        ...(ticketId && { ticketId }),
        ...(messageId && { messageId }),
      });
    }
    const ended = new Set(matched.map(({ row }) => row.id));
    return about.filter(({ id }) => !ended.has(id));
  }

  private async closeChats(tx: Db, rows: readonly ReadyRow[], round: InboundRound): Promise<void> {
    if (rows.length === 0) return;
    await this.requesters.markUnreachable(
      tx,
      rows.map(({ channel, message: { replyTo, report, thread } }) => ({
        kind: channel,
        value: thread.conversation ?? replyTo,
        reason: report?.status ?? '',
      })),
    );
    for (const { id, message } of rows) round.end({ id, fate: 'report', reason: message.report?.status ?? 'failed' });
  }

  private async match(tx: Db, rows: readonly ReadyRow[]): Promise<Matched[]> {
    const reported = rows.flatMap((row) => {
      const report = row.message.type === 'report' ? row.message.report : undefined;
      return report?.externalId ? [{ row, report, externalId: withoutDomain(report.externalId) }] : [];
    });
    if (reported.length === 0) return [];
    const sent = await this.outbox.byExternal(
      tx,
      reported.map(({ externalId }) => externalId),
    );
    return reported.flatMap(({ row, report, externalId }) => {
      const item = sent.find((one) => one.externalId === externalId && one.channel === row.channel);
      return item && names(report, item) ? [{ row, report, sent: item }] : [];
    });
  }
}

/** A messenger itself says that a chat is closed (the bot was blocked); nobody else can speak for a conversation. */
const closesChat = ({ message: { type, report, thread } }: ReadyRow): boolean =>
  type === 'report' &&
  report?.externalId === undefined &&
  report?.outcome === 'failed' &&
  thread.conversation !== undefined &&
  report.recipient === thread.conversation;

/** A mail channel puts the domain of its account behind our id. */
const withoutDomain = (externalId: string): string => externalId.split('@', 1)[0] ?? '';

const names = ({ recipient }: DeliveryReport, { destination }: OutboxRow): boolean =>
  recipient === undefined || recipient.toLowerCase() === destination.toLowerCase();

/** Nothing will arrive there: a refusal that is not said to be temporary. */
const isFinal = ({ outcome, status }: DeliveryReport): boolean => outcome === 'failed' && !status?.startsWith('4');
