import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { OutboundMessage } from '#libs/contracts';
import { composeCall, limits, splitMessage } from './compose-call.js';

const message = (more: Partial<OutboundMessage> = {}): OutboundMessage => ({
  v: 1,
  to: '42',
  text: 'Готово',
  attachments: [],
  references: [],
  automatic: false,
  ticketNumber: '',
  locale: 'ru',
  ...more,
});
const file = (mediaType: string, bytes = 10) => ({ name: 'f', mediaType, bytes, content: 'k' });
const form = { plain: false, documents: false };
const bytes = new Uint8Array(3);

describe('splitMessage', () => {
  it.each([
    ['a text', { text: 'x'.repeat(limits.text) }, 1],
    ['a text too long', { text: 'x'.repeat(limits.text + 1) }, 2],
    ['nothing but a file', { text: '', attachments: [file('image/png')] }, 1],
    ['a file with a caption', { text: 'x'.repeat(limits.caption), attachments: [file('image/png')] }, 1],
    ['a file with more than a caption', { text: 'x'.repeat(limits.caption + 1), attachments: [file('image/png')] }, 2],
    ['photos and files', { attachments: [file('image/png'), file('text/plain')] }, 3],
    [
      'a picture too large for a photo',
      { attachments: [file('image/png'), file('image/png', limits.photoBytes + 1)] },
      3,
    ],
    ['eleven photos', { attachments: Array.from({ length: 11 }, () => file('image/jpeg')) }, 3],
  ])('%s', (_, more, count) => {
    expect(splitMessage(message(more))).toHaveLength(count);
  });

  const attachments = fc.array(
    fc.constantFrom('image/png', 'image/svg+xml', 'audio/ogg').map((type) => file(type)),
    { maxLength: 40 },
  );
  it('makes items that one call each can carry, and loses no file', () => {
    fc.assert(
      fc.property(fc.string(), attachments, (text, files) => {
        const items = splitMessage(message({ text, attachments: files, references: ['42:1'] }));
        expect(items.flatMap((item) => item.attachments)).toHaveLength(files.length);
        for (const item of items) expect(item.attachments.length).toBeLessThanOrEqual(limits.album);
        expect(items.map(({ references }) => references.length)).toEqual(
          items.map((_, index) => (index === 0 ? 1 : 0)),
        );
      }),
    );
  });
});

describe('composeCall', () => {
  it.each([
    ['42', 42],
    ['-1001234567890', -1_001_234_567_890],
    ['@channel', '@channel'],
    ['99999999999999999999', '99999999999999999999'],
  ])('names the chat %s as the Bot API has it', (to, chat) =>
    expect(composeCall(message({ to }), [], form).payload.chat_id).toBe(chat),
  );

  it.each([
    ['a text', {}, 0, 'sendMessage'],
    ['a photo', { attachments: [file('image/png')] }, 1, 'sendPhoto'],
    ['a file', { attachments: [file('image/svg+xml')] }, 1, 'sendDocument'],
    ['an album', { attachments: [file('image/png'), file('image/png')] }, 2, 'sendMediaGroup'],
  ])('%s', (_, more, count, method) => {
    const files = Array.from({ length: count }, () => bytes);
    expect(composeCall(message(more), files, form).method).toBe(method);
  });

  it.each([
    [['42:7'], 7],
    [['42:7', '42:9'], 9],
    [['42:9', '421:5', 'mail@x.test'], 9],
    [['43:7'], undefined],
    [['42:x', '42:'], undefined],
    [[], undefined],
  ])('answers the last message of the chat among %j', (references, id) => {
    const { payload } = composeCall(message({ references }), [], form);
    expect(payload.reply_parameters?.message_id).toBe(id);
  });
});
