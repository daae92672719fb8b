import type { InboundAttachment } from '#libs/contracts';
import type { MessageContent, TelegramFile, TelegramMessage, TextEntity } from './update-schema.js';

/** The Bot API hands out files up to this size. */
export const maxDownload = 20 * 1024 * 1024;

export interface Content {
  readonly text: string;
  readonly attachments: readonly InboundAttachment[];
  /** Something that the desk cannot show: the reader is told to look in the messenger. */
  readonly unsupported: boolean;
}

/** What a message says and carries, in words and files. Undefined: nothing a person wrote (a service message). */
export function messageContent(message: TelegramMessage): Content | undefined {
  const attachments = filesOf(message);
  const text = wellFormed(wordsOf(message));
  if (text || attachments.length > 0) return { text, attachments, unsupported: false };
  if (isService(message)) return undefined;
  return { text: '', attachments, unsupported: true };
}

function wordsOf(message: MessageContent): string {
  if (message.text !== undefined) return withLinks(message.text, message.entities ?? []);
  if (message.caption !== undefined) return withLinks(message.caption, message.caption_entities ?? []);
  if (message.venue) {
    const { title, address, location } = message.venue;
    return [title, address, place(location)].filter(Boolean).join('\n');
  }
  if (message.location) return place(message.location);
  if (message.contact) {
    const { first_name, last_name, phone_number } = message.contact;
    return [first_name, last_name, internationalNumber(phone_number)].filter(Boolean).join(' ');
  }
  if (message.poll)
    return [message.poll.question, ...message.poll.options.map((option) => `- ${option.text}`)].join('\n');
  if (message.dice) return `${message.dice.emoji} ${message.dice.value}`;
  if (message.sticker) return message.sticker.emoji ?? '[sticker]';
  return '';
}

const place = (at: { latitude: number; longitude: number }): string => `geo:${at.latitude},${at.longitude}`;

/** Telegram writes the number of a contact with or without the plus; always with the country code. */
export function internationalNumber(number: string): string | undefined {
  const digits = number.replace(/\D/g, '');
  return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined;
}

/** Addresses hidden behind words are written out, or the reader would never see them. */
function withLinks(text: string, entities: readonly TextEntity[]): string {
  const links = entities.filter((entity) => entity.type === 'text_link' && entity.url);
  return links
    .toSorted((a, b) => b.offset - a.offset)
    .reduce((done, { offset, length, url }) => {
      const end = offset + length;
      return done.slice(offset, end) === url ? done : `${done.slice(0, end)} (${url})${done.slice(end)}`;
    }, text);
}

/** PostgreSQL takes no NUL and JSON no lone surrogate. */
const wellFormed = (text: string): string => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD');

const extensions = {
  voice: ['voice', 'ogg', 'audio/ogg'],
  audio: ['audio', 'mp3', 'audio/mpeg'],
  video: ['video', 'mp4', 'video/mp4'],
  animation: ['animation', 'mp4', 'video/mp4'],
  video_note: ['video-note', 'mp4', 'video/mp4'],
  document: ['document', 'bin', 'application/octet-stream'],
} as const;
type Medium = keyof typeof extensions;

function filesOf(message: TelegramMessage): InboundAttachment[] {
  const found: InboundAttachment[] = [];
  const photo = message.photo?.toSorted((a, b) => a.width * a.height - b.width * b.height).at(-1);
  if (photo) found.push(attachment(photo, `photo-${message.message_id}.jpg`, 'image/jpeg'));
  for (const medium of Object.keys(extensions) as Medium[]) {
    // An animation comes a second time as a document, for old programs.
    if (medium === 'document' && message.animation) continue;
    const file = message[medium];
    const [stem, extension, mediaType] = extensions[medium];
    if (file) found.push(attachment(file, `${stem}-${message.message_id}.${extension}`, mediaType));
  }
  return found;
}

function attachment(file: TelegramFile, name: string, mediaType: string): InboundAttachment {
  const bytes = file.file_size ?? 0;
  return {
    name: wellFormed(file.file_name ?? name).slice(-255),
    mediaType: (file.mime_type ?? mediaType).slice(0, 127),
    bytes,
    ...(bytes > maxDownload ? { missing: 'too-large' as const } : { remote: file.file_id }),
  };
}

/** Fields of a message that only belong to who wrote what where; anything else is content or a service note. */
const serviceFields = [
  'pinned_message',
  'message_auto_delete_timer_changed',
  'write_access_allowed',
  'successful_payment',
  'connected_website',
  'new_chat_members',
  'left_chat_member',
  'chat_background_set',
] as const;
const isService = (message: object): boolean => serviceFields.some((field) => field in message);
