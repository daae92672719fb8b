import type { OutboundMessage } from '#libs/contracts';
import type { Opts } from 'telegraf/types';
import { formatText, plainText } from './format-text.js';
import { messageKey } from './telegram-update.js';
import { splitText, visibleLength } from './split-text.js';

export const limits = {
  text: 4096,
  caption: 1024,
  album: 10,
  photoBytes: 10 * 1024 * 1024,
  fileBytes: 50 * 1024 * 1024,
} as const;

/** A call of the Bot API that delivers something. */
export type SendingCall = {
  [Method in 'sendMessage' | 'sendPhoto' | 'sendDocument' | 'sendMediaGroup']: {
    readonly method: Method;
    readonly payload: Opts<Method>;
  };
}['sendMessage' | 'sendPhoto' | 'sendDocument' | 'sendMediaGroup'];

/** How much of an item's form is given up because the server did not take it. */
export interface Form {
  readonly plain: boolean;
  readonly documents: boolean;
}

type Attachment = OutboundMessage['attachments'][number];

/** One answer as items that one call each can carry: the text in pieces, then photos and files in albums. */
export function splitMessage(message: OutboundMessage): OutboundMessage[] {
  const albums = albumsOf(message.attachments);
  const [only] = albums;
  if (albums.length <= 1 && visibleLength(message.text) <= (only ? limits.caption : limits.text)) return [message];
  const texts = message.text.trim() ? splitText(message.text, limits.text) : [];
  const items = [
    ...texts.map((text) => ({ ...message, text, attachments: [] })),
    ...albums.map((attachments) => ({ ...message, text: '', attachments })),
  ];
  // Only the first shows what is answered: the others stand right below it.
  return items.map((item, index) => (index === 0 ? item : { ...item, references: [] }));
}

function albumsOf(attachments: readonly Attachment[]): Attachment[][] {
  const photos = attachments.filter(isPhoto);
  const files = attachments.filter((attachment) => !isPhoto(attachment));
  return [photos, files].flatMap((kind) =>
    Array.from({ length: Math.ceil(kind.length / limits.album) }, (_, index) =>
      kind.slice(index * limits.album, (index + 1) * limits.album),
    ),
  );
}

const isPhoto = ({ mediaType, bytes }: Attachment): boolean =>
  /^image\/(jpeg|png|webp)$/.test(mediaType) && bytes <= limits.photoBytes;

/** A number for the Bot API, where it is one that JSON carries whole; names of channels are text. */
const chatId = (to: string): number | string => (/^-?\d{1,15}$/.test(to) ? Number(to) : to);

/** The call that delivers one item of `splitMessage`. */
export function composeCall(message: OutboundMessage, files: readonly Uint8Array[], form: Form): SendingCall {
  const chat_id = chatId(message.to);
  const words = form.plain
    ? { text: plainText(message.text) }
    : { text: formatText(message.text), parse_mode: 'HTML' as const };
  const answered = answeredMessage(message);
  if (files.length === 0) {
    const reply = answered && { reply_parameters: answered };
    return {
      method: 'sendMessage',
      payload: { chat_id, ...words, link_preview_options: { is_disabled: true }, ...reply },
    };
  }
  const { text, ...mode } = words;
  const caption = text ? { caption: text, ...mode } : {};
  // telegraf leaves objects other than files out of a form; the server reads them as JSON.
  const reply = answered && { reply_parameters: JSON.stringify(answered) as unknown as typeof answered };
  const asPhotos = !form.documents && message.attachments.every(isPhoto);
  const media = files.map((bytes, index) => ({
    source: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    filename: headerSafe(message.attachments[index]?.name ?? ''),
  }));
  const [first] = media;
  if (media.length > 1 || !first) {
    const album = media.map((file, index) => ({ media: file, ...(index === 0 && caption) }));
    const typed = asPhotos
      ? album.map((item) => ({ type: 'photo' as const, ...item }))
      : album.map((item) => ({ type: 'document' as const, ...item }));
    return { method: 'sendMediaGroup', payload: { chat_id, media: typed, ...reply } };
  }
  return asPhotos
    ? { method: 'sendPhoto', payload: { chat_id, photo: first, ...caption, ...reply } }
    : { method: 'sendDocument', payload: { chat_id, document: first, ...caption, ...reply } };
}

/** The last message of this chat in the thread; it may be gone, which is no reason not to answer. */
function answeredMessage({ to, references }: OutboundMessage) {
  const last = references.findLast((reference) => reference.startsWith(messageKey(to, 0).slice(0, -1)));
  const message_id = Number(last?.slice(to.length + 1));
  return Number.isSafeInteger(message_id) && message_id > 0
    ? { message_id, allow_sending_without_reply: true }
    : undefined;
}

/** The name stands unescaped in a header of the form. */
const headerSafe = (name: string): string => name.replace(/[\p{Cc}"\\]/gu, '_') || 'file';
