import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inboundMessage, Refused } from '#libs/contracts';
import { readUpdate } from './telegram-update.js';
import { telegramUpdate } from './update-schema.js';

const ivan = { id: 42, is_bot: false, first_name: 'Иван', last_name: 'Петров', language_code: 'ru-RU' };
const chat = { id: 42, type: 'private' };
const bot = { address: '@desk_bot' };
const mib = 1024 * 1024;

const wire = (content: object, more: object = {}): object => ({
  update_id: 7,
  message: { message_id: 5, date: 1_700_000_000, chat, from: ivan, ...content },
  ...more,
});
const read = (update: object) => inboundMessage.parse(readUpdate(telegramUpdate.parse(update), bot));

describe('readUpdate', () => {
  it('makes a message of what a person writes', () => {
    expect(read(wire({ text: 'Не открывается урок' }))).toEqual({
      v: 1,
      type: 'message',
      externalId: '42:5',
      sender: {
        addresses: [{ kind: 'telegram', value: '42', proof: 'wrote' }],
        name: 'Иван Петров',
        locale: 'ru',
      },
      replyTo: '42',
      writtenTo: '@desk_bot',
      others: [],
      subject: '',
      text: 'Не открывается урок',
      attachments: [],
      thread: { references: [], subjectNumbers: [], conversation: '42' },
      flags: [],
      sentAt: '2023-11-14T22:13:20.000Z',
    });
  });

  it.each([
    ['/start', { name: 'start', argument: '' }],
    ['/start tk_9Zx', { name: 'start', argument: 'tk_9Zx' }],
    ['/start@desk_bot tk_9Zx', { name: 'start', argument: 'tk_9Zx' }],
    ['/status', { name: 'status', argument: '' }],
    ['/status 1042', { name: 'status', argument: '1042' }],
    [' /new ', { name: 'new', argument: '' }],
  ])('knows the command %s', (text, command) => {
    expect(read(wire({ text }))).toMatchObject({ type: 'command', command });
  });

  it('leaves the words behind /new as the text of the request', () => {
    expect(read(wire({ text: '/new Принтер\nдымит' }))).toMatchObject({
      type: 'command',
      text: 'Принтер\nдымит',
      command: { name: 'new', argument: 'Принтер\nдымит' },
    });
    const long = 'слово '.repeat(200).trim();
    expect(read(wire({ text: `/new ${long}` }))).toMatchObject({
      text: long,
      command: { argument: long.slice(0, 256) },
    });
  });

  it('leaves a file with /new under it without words', () => {
    const message = read(wire({ document: { file_id: 'f' }, caption: '/new' }));
    expect(message).toMatchObject({ type: 'command', text: '', command: { name: 'new', argument: '' } });
    expect(message.attachments).toHaveLength(1);
  });

  it.each(['/newer', '/lang en', 'see /new', '/'])('takes %s as a message', (text) => {
    const message = read(wire({ text }));
    expect(message).toMatchObject({ type: 'message', text });
    expect(message.command).toBeUndefined();
  });

  it('refers to the message that is answered', () => {
    expect(read(wire({ text: 'да', reply_to_message: { message_id: 3 } })).thread.references).toEqual(['42:3']);
  });

  it('refers to the first message of an album of ours, whichever is answered', () => {
    const reply_to_message = { message_id: 12, media_group_id: 'g', from: { id: 1, is_bot: true } };
    expect(read(wire({ text: 'да', reply_to_message })).thread.references).toEqual(
      ['12', '11', '10', '9', '8', '7', '6', '5', '4', '3'].map((id) => `42:${id}`),
    );
  });

  it('takes an edited message as a new version of the same message', () => {
    const edited_message = {
      message_id: 5,
      date: 1_700_000_000,
      edit_date: 1_700_000_060,
      chat,
      from: ivan,
      text: '/new x',
    };
    const message = read({ update_id: 8, edited_message });
    expect(message).toMatchObject({
      type: 'edit',
      externalId: '42:5',
      text: '/new x',
      sentAt: '2023-11-14T22:14:20.000Z',
    });
  });

  it('takes the largest size of a photo, and its album', () => {
    const photo = [
      { file_id: 'large', width: 1280, height: 960, file_size: 90_000 },
      { file_id: 'small', width: 90, height: 60, file_size: 1_000 },
    ];
    const message = read(wire({ photo, caption: 'вот', media_group_id: '9' }));
    expect(message.attachments).toEqual([
      { name: 'photo-5.jpg', mediaType: 'image/jpeg', bytes: 90_000, remote: 'large' },
    ]);
    expect(message).toMatchObject({ text: 'вот', thread: { group: '9' } });
  });

  it.each([
    [
      'document',
      { file_name: 'отчёт.xlsx', mime_type: 'application/vnd.ms-excel' },
      'отчёт.xlsx',
      'application/vnd.ms-excel',
    ],
    ['document', {}, 'document-5.bin', 'application/octet-stream'],
    ['voice', { mime_type: 'audio/ogg' }, 'voice-5.ogg', 'audio/ogg'],
    ['video_note', {}, 'video-note-5.mp4', 'video/mp4'],
    ['video', { mime_type: 'video/quicktime' }, 'video-5.mp4', 'video/quicktime'],
    ['audio', {}, 'audio-5.mp3', 'audio/mpeg'],
  ])('takes a %s with %j', (medium, facts, name, mediaType) => {
    const message = read(wire({ [medium]: { file_id: 'f', file_size: 10, ...facts } }));
    expect(message.attachments).toEqual([{ name, mediaType, bytes: 10, remote: 'f' }]);
  });

  it('takes an animation once, though it comes as a document too', () => {
    const file = { file_id: 'f', file_size: 10 };
    expect(read(wire({ animation: file, document: file })).attachments).toHaveLength(1);
  });

  it('says of a file over 20 MiB that it is too large, and keeps the message', () => {
    const message = read(
      wire({ document: { file_id: 'f', file_size: 20 * mib + 1, file_name: 'a.iso' }, caption: 'образ' }),
    );
    expect(message.text).toBe('образ');
    expect(message.attachments).toEqual([
      { name: 'a.iso', mediaType: 'application/octet-stream', bytes: 20 * mib + 1, missing: 'too-large' },
    ]);
  });

  it.each([
    ['a sticker', { sticker: { emoji: '👍' } }, '👍'],
    ['a sticker without a sign', { sticker: {} }, '[sticker]'],
    ['a place', { location: { latitude: 55.75, longitude: 37.61 } }, 'geo:55.75,37.61'],
    [
      'an address',
      {
        location: { latitude: 55, longitude: 37 },
        venue: { location: { latitude: 55, longitude: 37 }, title: 'Центр', address: 'ул. Мира, 1' },
      },
      'Центр\nул. Мира, 1\ngeo:55,37',
    ],
    ['a contact', { contact: { phone_number: '79161234567', first_name: 'Анна' } }, 'Анна +79161234567'],
    [
      'a poll',
      { poll: { question: 'Когда?', options: [{ text: 'Утром' }, { text: 'Днём' }] } },
      'Когда?\n- Утром\n- Днём',
    ],
    ['a die', { dice: { emoji: '🎲', value: 4 } }, '🎲 4'],
    [
      'a hidden link',
      { text: 'вот тут и тут', entities: [{ type: 'text_link', offset: 4, length: 3, url: 'https://x.test/' }] },
      'вот тут (https://x.test/) и тут',
    ],
    ['characters that no database takes', { text: 'a\0b\ud800c' }, 'ab\ufffdc'],
  ])('writes %s in words', (_, content, text) => {
    expect(read(wire(content)).text).toBe(text);
  });

  it('shows that something came that it cannot show', () => {
    expect(read(wire({ story: {} }))).toMatchObject({ text: '', flags: ['unsupported-content'] });
  });

  it('believes the phone number of one’s own contact only', () => {
    const contact = (user_id?: number) =>
      read(wire({ contact: { phone_number: '+7 916 123-45-67', first_name: 'Иван', user_id } })).sender.addresses;
    expect(contact(42)).toContainEqual({ kind: 'phone', value: '+79161234567', proof: 'signed' });
    expect(contact(43)).toHaveLength(1);
    expect(contact()).toHaveLength(1);
  });

  it.each([
    ['ru', 'ru'],
    ['en-GB', 'en'],
    ['de', undefined],
    [undefined, undefined],
  ])('reads the language %s', (language_code, locale) => {
    expect(read(wire({ text: 'x', from: { ...ivan, language_code } })).sender.locale).toBe(locale);
  });

  it('reports a person who blocked the bot', () => {
    const my_chat_member = { chat, from: ivan, date: 1_700_000_000, new_chat_member: { status: 'kicked' } };
    expect(read({ update_id: 9, my_chat_member })).toMatchObject({
      type: 'report',
      report: { recipient: '42', outcome: 'failed', status: 'blocked' },
      automatic: 'system',
    });
  });

  it.each([
    ['a group', wire({ text: 'x', chat: { id: -5, type: 'supergroup' } })],
    ['a channel', { update_id: 1, channel_post: { message_id: 1 } }],
    ['a bot', wire({ text: 'x', from: { ...ivan, is_bot: true } })],
    ['nobody', wire({ text: 'x', from: undefined })],
    ['a service message', wire({ pinned_message: { message_id: 1 } })],
    ['a kind of update that is not asked for', { update_id: 1, poll: {} }],
    [
      'an unblocked bot',
      { update_id: 1, my_chat_member: { chat, from: ivan, date: 1, new_chat_member: { status: 'member' } } },
    ],
    [
      'a bot thrown out of a group',
      {
        update_id: 1,
        my_chat_member: { chat: { id: -5, type: 'group' }, from: ivan, date: 1, new_chat_member: { status: 'kicked' } },
      },
    ],
  ])('leaves %s alone', (_, update) => {
    expect(() => read(update)).toThrow(Refused);
  });

  it('makes of any text a message that the contract takes, without losing a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(!text.includes('\0') && !text.trim().startsWith('/'));
        expect(read(wire({ text })).text).toBe(text);
      }),
    );
  });
});
