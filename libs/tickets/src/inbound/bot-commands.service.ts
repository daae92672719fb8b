import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { OutboxRepository, type NewOutbox, type ReadyRow } from '#libs/channels';
import { outboundJob, type Locale } from '#libs/contracts';
import type { Db } from '#libs/database';
import { text, toBase32 } from '#libs/platform';
import { WordingRepository } from '../wording/wording.repository.js';
import { botAnswer, type BotCommand } from './bot-answer.js';
import { ConversationsRepository } from './conversations.repository.js';
import type { InboundItem, InboundRound } from './inbound-round.js';
import { requesterLocale } from './requester-locale.js';
import type { ConversationKey } from './thread.repository.js';

/** Most tickets that a list in a chat names. */
const listed = 20;

/** Answers what people ask the bot instead of the desk. */
@Injectable()
export class BotCommandsService {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly outbox: OutboxRepository,
    private readonly wordings: WordingRepository,
  ) {}

  /** Ends the rows that are commands and gives the others; a new request in the same line is routed as one. */
  async answer(tx: Db, items: readonly InboundItem[], round: InboundRound): Promise<readonly InboundItem[]> {
    const asked = items.filter(({ row }) => row.message.type === 'command' && row.message.command);
    const ended = asked.filter(({ row }) => !saysMore(row));
    for (const { row } of asked.filter(({ row: one }) => saysMore(one)))
      await this.conversations.openNew(tx, chatOf(row));
    for (const { row } of ended) {
      const answer = await this.act(tx, row);
      const ids = await this.outbox.add(tx, row.message.replyTo === '' ? [] : [outboxOf(row, answer)]);
      round.ring(outboundJob(row.channel), ids);
      round.end({ id: row.id, fate: 'command', reason: row.message.command?.name ?? '' });
    }
    return items.filter((item) => !ended.includes(item));
  }

  private async act(tx: Db, row: ReadyRow): Promise<string> {
    const locale = localeOf(row);
    const command = commandOf(row);
    const chat = chatOf(row);
    if (command === 'new') await this.conversations.openNew(tx, chat);
    const tickets = command === 'status' ? await this.conversations.openTickets(tx, chat, listed) : [];
    const desk = (await this.wordings.now(tx)).deskName(locale);
    return botAnswer(command, locale, desk, tickets);
  }
}

const chatOf = ({ accountId, message }: ReadyRow): ConversationKey => ({
  accountId,
  conversation: message.thread.conversation ?? message.replyTo,
});

/** `/new the printer smokes` is a request already, and so is a photo with `/new` under it. */
const saysMore = ({ message: { command, attachments } }: ReadyRow): boolean =>
  command?.name === 'new' && (command.argument.trim() !== '' || attachments.length > 0);

/** A command says little: without the sender's own word the desk answers in its first language. */
const localeOf = ({ message: { sender } }: ReadyRow): Locale => requesterLocale({ sender, subject: '', text: '' });

const commandOf = ({ message: { command } }: ReadyRow): BotCommand =>
  command?.name === 'status' || command?.name === 'new' ? command.name : 'start';

const outboxOf = (row: ReadyRow, answer: string): NewOutbox => ({
  ticketId: null,
  messageId: null,
  orderKey: `d${row.message.replyTo}`,
  channel: row.channel,
  accountId: row.accountId,
  message: {
    v: 1,
    to: row.message.replyTo,
    subject: text(localeOf(row), 'requester.noSubject'),
    text: answer,
    attachments: [],
    references: [],
    automatic: true,
    ticketNumber: '',
    locale: localeOf(row),
  },
  externalId: `desk-${toBase32(randomBytes(16))}`,
  idem: `command:${row.id}`,
  automatic: true,
});
