import { ApiError, badRequest } from './api-error.js';
import type { UpdateQueue } from './update-queue.js';

export interface SentFile {
  readonly bytes: Buffer | Uint8Array;
  readonly name?: string;
  readonly mime?: string;
  /** What the server says of the size, when that is not the truth. */
  readonly claimedSize?: number;
  /** Where the server says that the file lies, when that is not the truth. */
  readonly path?: string;
}

/** What a person does in a chat with the bot. */
export interface UserAct {
  readonly chat: number;
  readonly text?: string;
  readonly caption?: string;
  readonly photo?: SentFile;
  readonly document?: SentFile;
  readonly voice?: SentFile;
  /** Photos that are sent as one album, the caption on the first. */
  readonly album?: readonly SentFile[];
  /** Id of a message of the same person that is written anew with `text`. */
  readonly edit?: number;
  readonly replyTo?: number;
  readonly language?: string;
  readonly name?: string;
  /** Further fields of the message, as the wire has them. */
  readonly more?: Readonly<Record<string, unknown>>;
}

interface StoredFile extends SentFile {
  readonly id: string;
  readonly path: string;
}

interface StoredMessage {
  readonly message_id: number;
  readonly date: number;
  readonly [field: string]: unknown;
}

/** The chats between people and the bot: who said what, and what files lie on the server. */
export class Chats {
  private readonly messages = new Map<string, StoredMessage>();
  private readonly files = new Map<string, StoredFile>();
  private readonly known = new Set<number>();
  private readonly blocked = new Set<number>();
  private lastMessage = 0;
  private lastFile = 0;

  constructor(
    private readonly updates: UpdateQueue,
    private readonly bot: object,
  ) {}

  /** Does it, and gives the ids of the messages (one, or as many as the album has). */
  userSends(act: UserAct): number[] {
    this.known.add(act.chat);
    if (act.edit !== undefined) return [this.userEdits(act, act.edit)];
    if (!act.album) return [this.userWrites(act, this.contentOf(act))];
    const group = { media_group_id: `album-${this.lastMessage + 1}` };
    return act.album.map((photo, index) =>
      this.userWrites(act, { ...group, ...this.contentOf({ ...act, photo, ...(index > 0 && { caption: '' }) }) }),
    );
  }

  /** The person opens the chat and presses nothing, so that the bot may write. */
  userOpens(chat: number): void {
    this.known.add(chat);
  }

  userBlocks(chat: number): number {
    this.known.add(chat);
    this.blocked.add(chat);
    return this.updates.add({ my_chat_member: this.memberChange(chat, 'member', 'kicked') });
  }

  userUnblocks(chat: number): number {
    this.blocked.delete(chat);
    return this.updates.add({ my_chat_member: this.memberChange(chat, 'kicked', 'member') });
  }

  /** Refuses in the words of the server when the bot can't write there. */
  mayReceive(chat: number): void {
    if (!this.known.has(chat)) throw badRequest('chat not found');
    if (this.blocked.has(chat)) throw new ApiError(403, 'Forbidden: bot was blocked by the user');
  }

  botSends(chat: number, content: Readonly<Record<string, unknown>>): StoredMessage {
    return this.store(chat, { from: this.bot, ...content });
  }

  find(chat: number, message: number): StoredMessage | undefined {
    return this.messages.get(`${chat}:${message}`);
  }

  replace(chat: number, message: number, content: Readonly<Record<string, unknown>>): StoredMessage {
    const found = this.find(chat, message);
    if (!found) throw badRequest('message to edit not found');
    const changed = { ...found, ...content, edit_date: now() };
    this.messages.set(`${chat}:${message}`, changed);
    return changed;
  }

  fileFacts(id: string): object {
    const file = this.files.get(id);
    if (!file) throw badRequest('invalid file_id');
    const size = file.claimedSize ?? file.bytes.length;
    if (size > 20 * 1024 * 1024) throw badRequest('file is too big');
    return { file_id: file.id, file_unique_id: `u${file.id}`, file_size: size, file_path: file.path };
  }

  fileAt(path: string): Uint8Array | undefined {
    return [...this.files.values()].find((file) => file.path === path)?.bytes;
  }

  addFile(file: SentFile, folder: string): { file_id: string; file_unique_id: string; file_size: number } {
    const number = ++this.lastFile;
    const id = `file-${number}`;
    this.files.set(id, { ...file, id, path: file.path ?? `${folder}/file_${number}` });
    return { file_id: id, file_unique_id: `u${id}`, file_size: file.claimedSize ?? file.bytes.length };
  }

  private userWrites(act: UserAct, content: Readonly<Record<string, unknown>>): number {
    const reply = act.replyTo === undefined ? undefined : this.find(act.chat, act.replyTo);
    if (act.replyTo !== undefined && !reply) throw new Error(`there is no message ${act.replyTo} to answer`);
    const message = this.store(act.chat, {
      from: personOf(act),
      ...content,
      ...(reply && { reply_to_message: reply }),
      ...act.more,
    });
    this.updates.add({ message });
    return message.message_id;
  }

  private userEdits(act: UserAct, id: number): number {
    const edited_message = this.replace(act.chat, id, { text: act.text, ...act.more });
    this.updates.add({ edited_message });
    return id;
  }

  private contentOf(act: UserAct): Record<string, unknown> {
    const caption = act.caption ? { caption: act.caption } : {};
    if (act.photo) {
      const small = { ...this.addFile({ bytes: act.photo.bytes.subarray(0, 10) }, 'photos'), width: 90, height: 60 };
      return { photo: [small, { ...this.addFile(act.photo, 'photos'), width: 1280, height: 853 }], ...caption };
    }
    for (const medium of ['document', 'voice'] as const) {
      const file = act[medium];
      if (!file) continue;
      const facts = { file_name: file.name, mime_type: file.mime };
      return { [medium]: { ...this.addFile(file, `${medium}s`), ...facts }, ...caption };
    }
    return act.text === undefined ? {} : { text: act.text };
  }

  private store(chat: number, content: Readonly<Record<string, unknown>>): StoredMessage {
    const message_id = ++this.lastMessage;
    const message = { message_id, date: now(), chat: { id: chat, type: 'private' }, ...content };
    this.messages.set(`${chat}:${message_id}`, message);
    return message;
  }

  private memberChange(chat: number, before: string, after: string): object {
    return {
      chat: { id: chat, type: 'private' },
      from: personOf({ chat }),
      date: now(),
      old_chat_member: { user: this.bot, status: before },
      new_chat_member: { user: this.bot, status: after },
    };
  }
}

const now = (): number => Math.floor(Date.now() / 1000);

const personOf = ({ chat, name = 'Мария', language = 'ru' }: UserAct): object => ({
  id: chat,
  is_bot: false,
  first_name: name,
  language_code: language,
});
