import { badRequest } from './api-error.js';
import type { Chats } from './chats.js';
import type { Body, UploadedFile } from './read-body.js';
import { parseTelegramHtml, type Entity } from './telegram-html.js';

/** A message of the bot that the server took. */
export interface Accepted {
  readonly method: string;
  readonly chat: number;
  readonly messageId: number;
  /** What the person sees: the text, or the caption. */
  readonly text: string;
  readonly entities: readonly Entity[];
  readonly file: UploadedFile | undefined;
  readonly replyTo: number | undefined;
  /** Equal for the messages of one album. */
  readonly album: string | undefined;
}

type Fields = Body['fields'];
type Send = (accepted: Accepted) => void;

const maxText = 4096;
const maxCaption = 1024;
const maxPhoto = 10 * 1024 * 1024;

/** The methods that put a message before a person. Each gives what the real method gives. */
export class BotMethods {
  private albums = 0;

  constructor(
    private readonly chats: Chats,
    private readonly accept: Send,
  ) {}

  sendMessage({ fields }: Body): object {
    const words = wordsOf(fields, 'text');
    if (words.text === '') throw badRequest('message text is empty');
    return this.send('sendMessage', fields, { text: words.text }, words);
  }

  sendPhoto(body: Body): object {
    const photo = checkedPhoto(uploaded(body, 'photo'));
    const sizes = [{ ...this.chats.addFile(photo, 'photos'), width: 800, height: 600 }];
    return this.send('sendPhoto', body.fields, { photo: sizes }, captionOf(body.fields), photo);
  }

  sendDocument(body: Body): object {
    return this.sendFile('sendDocument', 'document', body);
  }

  sendVoice(body: Body): object {
    return this.sendFile('sendVoice', 'voice', body);
  }

  sendMediaGroup(body: Body): object {
    const media = asObject(body.fields.media);
    if (!Array.isArray(media) || media.length < 2 || media.length > 10)
      throw badRequest('wrong number of media in the album');
    const items = media as { type: string; media: string; caption?: string; parse_mode?: string }[];
    const kinds = new Set(items.map(({ type }) => type));
    if (kinds.has('document') && kinds.size > 1) throw badRequest("document can't be mixed with other media types");
    const read = items.map((item) => {
      const file = uploaded(body, item.media.replace(/^attach:\/\//, ''));
      return { file: item.type === 'photo' ? checkedPhoto(file) : file, words: captionOf({ ...item }) };
    });
    const album = `album-of-bot-${++this.albums}`;
    return read.map(({ file, words }) =>
      this.send('sendMediaGroup', body.fields, { media_group_id: album }, words, file),
    );
  }

  editMessageText({ fields }: Body): object {
    const chat = Number(fields.chat_id);
    this.chats.mayReceive(chat);
    const words = wordsOf(fields, 'text');
    if (words.text === '') throw badRequest('message text is empty');
    const found = this.chats.find(chat, Number(fields.message_id));
    if (found?.text === words.text) throw badRequest('message is not modified');
    const changed = this.chats.replace(chat, Number(fields.message_id), { text: words.text });
    this.tell('editMessageText', fields, changed.message_id, words);
    return changed;
  }

  private sendFile(method: string, kind: 'document' | 'voice', body: Body): object {
    const file = uploaded(body, kind);
    const content = { [kind]: { ...this.chats.addFile(file, `${kind}s`), file_name: file.name } };
    return this.send(method, body.fields, content, captionOf(body.fields), file);
  }

  private send(
    method: string,
    fields: Fields,
    content: Readonly<Record<string, unknown>>,
    words: Words,
    file?: UploadedFile,
  ): object {
    const chat = Number(fields.chat_id);
    this.chats.mayReceive(chat);
    const reply = replyOf(fields);
    if (reply && !this.chats.find(chat, reply.id) && !reply.optional)
      throw badRequest('message to be replied not found');
    const message = this.chats.botSends(chat, content);
    const album = content.media_group_id as string | undefined;
    this.tell(method, fields, message.message_id, words, { file, album });
    return message;
  }

  private tell(
    method: string,
    fields: Fields,
    messageId: number,
    words: Words,
    more: { file?: UploadedFile | undefined; album?: string | undefined } = {},
  ): void {
    this.accept({
      method,
      chat: Number(fields.chat_id),
      messageId,
      ...words,
      file: more.file,
      album: more.album,
      replyTo: replyOf(fields)?.id,
    });
  }
}

interface Words {
  readonly text: string;
  readonly entities: readonly Entity[];
}

function wordsOf(fields: Fields, name: 'text' | 'caption'): Words {
  const given = typeof fields[name] === 'string' ? fields[name] : '';
  const words = fields.parse_mode === 'HTML' ? parseTelegramHtml(given) : { text: given.trim(), entities: [] };
  const [limit, subject] = name === 'text' ? [maxText, 'message'] : [maxCaption, 'message caption'];
  if (words.text.length > limit) throw badRequest(`${subject} is too long`);
  return words;
}

const captionOf = (fields: Fields): Words => wordsOf(fields, 'caption');

function uploaded({ files }: Body, name: string): UploadedFile {
  const file = files.get(name);
  if (!file) throw badRequest(`there is no ${name} in the request`);
  if (file.bytes.length === 0) throw badRequest('file must be non-empty');
  return file;
}

/** The server looks into a picture before it shows it as a photo. */
function checkedPhoto(file: UploadedFile): UploadedFile {
  const start = file.bytes.subarray(0, 4).toString('latin1');
  if (file.bytes.length > maxPhoto) throw badRequest('PHOTO_SAVE_FILE_INVALID');
  if (!['\xff\xd8\xff', '\x89PNG', 'RIFF'].some((magic) => start.startsWith(magic)))
    throw badRequest('IMAGE_PROCESS_FAILED');
  return file;
}

const asObject = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);

function replyOf(fields: Fields): { id: number; optional: boolean } | undefined {
  if (fields.reply_parameters === undefined) return undefined;
  const reply = asObject(fields.reply_parameters) as { message_id: number; allow_sending_without_reply?: boolean };
  return { id: reply.message_id, optional: reply.allow_sending_without_reply === true };
}
