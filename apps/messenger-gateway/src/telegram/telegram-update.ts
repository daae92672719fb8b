import { Refused, type DeliveryReport, type InboundMessage, type PersonAddress } from '#libs/contracts';
import { internationalNumber, messageContent, type Content } from './message-content.js';
import type { MemberChange, TelegramMessage, TelegramUpdate, TelegramUser } from './update-schema.js';

/** The bot's name as the account has it, for `writtenTo`. */
export interface Bot {
  readonly address: string | undefined;
}

const isoTime = (seconds: number): string => new Date(seconds * 1000).toISOString();

/** Id of a message in a chat, the same for what comes in and what we sent. */
export const messageKey = (chat: number | string, message: number): string => `${chat}:${message}`;

/** One update as the message of a person, or a throw of `Refused` for what is not meant for the desk. */
export function readUpdate(update: TelegramUpdate, bot: Bot): InboundMessage {
  if (update.my_chat_member) return readMemberChange(update.my_chat_member, update.update_id);
  const message = update.message ?? update.edited_message;
  if (!message) throw new Refused('not-read', 'an update of a kind that the desk does not read');
  const from = personOf(message);
  const content = messageContent(message);
  if (!content) throw new Refused('service-message', 'a service message of the messenger');
  const base = describe(message, from, content, bot);
  return update.edited_message
    ? { ...base, type: 'edit', sentAt: isoTime(message.edit_date ?? message.date) }
    : withCommand(base);
}

/** Only people who write in person are served: in a group everybody would read everybody's requests. */
function personOf(message: TelegramMessage): TelegramUser {
  if (message.chat.type !== 'private') throw new Refused('not-private', `written in a ${message.chat.type}`);
  if (!message.from || message.from.is_bot) throw new Refused('from-a-bot', 'not written by a person');
  return message.from;
}

function describe(message: TelegramMessage, from: TelegramUser, content: Content, bot: Bot): InboundMessage {
  const chat = String(message.chat.id);
  return {
    v: 1,
    type: 'message',
    externalId: messageKey(chat, message.message_id),
    sender: senderOf(from, message),
    replyTo: chat,
    ...(bot.address && { writtenTo: bot.address }),
    others: [],
    subject: '',
    text: content.text,
    attachments: [...content.attachments],
    thread: {
      references: answered(message),
      subjectNumbers: [],
      conversation: chat,
      ...(message.media_group_id && { group: message.media_group_id }),
    },
    flags: content.unsupported ? ['unsupported-content'] : [],
    sentAt: isoTime(message.date),
  };
}

function senderOf(from: TelegramUser, message?: TelegramMessage): InboundMessage['sender'] {
  const addresses: PersonAddress[] = [{ kind: 'telegram', value: String(from.id), proof: 'wrote' }];
  const contact = message?.contact;
  // Anybody can pass on anybody's contact; only a person's own card, which Telegram vouches for, says who he is.
  const phone = contact?.user_id === from.id ? internationalNumber(contact.phone_number) : undefined;
  if (phone) addresses.push({ kind: 'phone', value: phone, proof: 'signed' });
  const name = [from.first_name, from.last_name]
    .filter(Boolean)
    .join(' ')
    .replace(/\p{Surrogate}/gu, '');
  const language = from.language_code?.split('-')[0]?.toLowerCase();
  return {
    addresses,
    ...(name && { name: name.slice(0, 300) }),
    ...((language === 'ru' || language === 'en') && { locale: language }),
  };
}

/**
 * The message that this one answers. We know an album of our own by its first message, and the messages of an album
 * stand in a row: the nearest known one before the answered one is it.
 */
function answered(message: TelegramMessage): string[] {
  const reply = message.reply_to_message;
  if (!reply) return [];
  const parts = reply.media_group_id && reply.from?.is_bot ? 10 : 1;
  return Array.from({ length: parts }, (_, back) => reply.message_id - back)
    .filter((id) => id > 0)
    .map((id) => messageKey(message.chat.id, id));
}

const commandForm = /^\/(start|new|status)(?:@\w+)?(?:\s+([^]*))?$/;

/** What stands behind `/new`, or is attached to it, is a request already: its text goes on without the command. */
function withCommand(message: InboundMessage): InboundMessage {
  const [, name, rest = ''] = commandForm.exec(message.text.trim()) ?? [];
  if (!name) return message;
  const argument = rest.trim();
  const text = name === 'new' ? argument : message.text;
  return { ...message, type: 'command', text, command: { name, argument: argument.slice(0, 256) } };
}

/** Telegram tells at once when a person blocks the bot: nothing can be sent there any more. */
function readMemberChange(change: MemberChange, updateId: number): InboundMessage {
  if (change.chat.type !== 'private') throw new Refused('not-private', `a change in a ${change.chat.type}`);
  if (change.new_chat_member.status !== 'kicked') throw new Refused('unblocked', 'the person lets the bot write again');
  const chat = String(change.chat.id);
  const report: DeliveryReport = {
    recipient: chat,
    outcome: 'failed',
    status: 'blocked',
    detail: 'The person blocked the bot.',
  };
  return {
    v: 1,
    type: 'report',
    externalId: `${chat}:u${updateId}`,
    sender: senderOf(change.from),
    replyTo: '',
    others: [],
    subject: '',
    text: '',
    attachments: [],
    thread: { references: [], subjectNumbers: [], conversation: chat },
    automatic: 'system',
    report,
    flags: [],
    sentAt: isoTime(change.date),
  };
}
