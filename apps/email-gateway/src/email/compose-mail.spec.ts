import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { outboundMessage, type OutboundMessage } from '#libs/contracts';
import { composeMail, messageIdFor, senderAddress } from './compose-mail.js';
import { renderMail } from './mail-folder.client.js';
import { markdownHtml } from './markdown-html.js';
import { parseMail } from './parse-mail.js';
import { emailSettings } from './settings.js';

const createdAt = new Date('2026-10-12T07:15:00Z');
const settings = { name: 'Служба поддержки', plusAddressing: true };
const sender = { address: 'help@desk.test', settings };
const messageWith = (more: Partial<OutboundMessage>): OutboundMessage =>
  outboundMessage.parse({ v: 1, to: 'anna@school.test', text: 'Здравствуйте!', locale: 'ru', ...more });
const mailOf = (more: Partial<OutboundMessage>, files: readonly Uint8Array[] = []) =>
  composeMail({ message: messageWith(more), externalId: 'tkv3m2.abcdefghjkmn', createdAt }, sender, files);

describe('composeMail', () => {
  it('answers in the thread, from our address, to where a reply finds the ticket by itself', () => {
    const mail = mailOf({
      subject: 'Re: Re: [№1042] Не могу войти',
      ticketNumber: '1042',
      references: ['CAF1@mail.gmail.com', 'CAF2@mail.gmail.com'],
      replyTag: 'tkv3m2',
    });
    expect(mail).toMatchObject({
      envelope: { from: 'help@desk.test', to: ['anna@school.test'] },
      from: { name: 'Служба поддержки', address: 'help@desk.test' },
      replyTo: 'help+tkv3m2@desk.test',
      subject: 'Re: [№1042] Не могу войти',
      messageId: '<tkv3m2.abcdefghjkmn@desk.test>',
      date: createdAt,
      inReplyTo: '<CAF2@mail.gmail.com>',
      references: ['<CAF1@mail.gmail.com>', '<CAF2@mail.gmail.com>'],
    });
    expect(mail.headers).toEqual({ 'X-Loop': 'help@desk.test' });
  });

  it('carries the signs of RFC 3834 and the null sender when no person wrote it', () => {
    const mail = mailOf({ automatic: true });
    expect(mail.envelope.from).toBe(false);
    expect(mail.headers).toMatchObject({ 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' });
  });

  it.each([
    ['Вопрос', '7', [], '[№7] Вопрос'],
    ['Ответ: Вопрос', '', ['a@b'], 'Re: Вопрос'],
    ['', '7', [], '[№7]'],
    ['RE[2]: FW: x', '', ['a@b'], 'Re: x'],
  ])('writes the subject of "%s"', (subject, ticketNumber, references, line) =>
    expect(mailOf({ subject, ticketNumber, references }).subject).toBe(line),
  );

  it('cuts the middle of a long thread', () => {
    const references = Array.from({ length: 50 }, (_, index) => `${index}@x`);
    const kept = mailOf({ references }).references ?? [];
    expect([kept.length, kept[0], kept[1], kept.at(-1)]).toEqual([20, '<0@x>', '<31@x>', '<49@x>']);
  });

  it('survives the way to a mail program and back', async () => {
    const words = fc.stringMatching(/^[а-яёА-ЯЁa-z0-9№«».,!?😀 -]{1,80}$/u).filter((word) => word.trim() !== '');
    const line = words
      .map((word) => word.trim().replaceAll(/\s+/g, ' '))
      .filter((word) => !/^(re|fw|на|отв)/i.test(word));
    const mails = fc.record({
      subject: line,
      text: fc.array(line, { minLength: 1, maxLength: 20 }).map((lines) => lines.join('\n')),
      name: line.map((name) => `${name}.pdf`),
      bytes: fc.uint8Array({ maxLength: 300 }),
    });
    await fc.assert(
      fc.asyncProperty(mails, async ({ subject, text, name, bytes }) => {
        const file = { name, mediaType: 'application/pdf', bytes: bytes.length, content: 'key' };
        const mail = mailOf({ subject, text, attachments: [file], ticketNumber: '7' }, [bytes]);
        const read = parseMail(await renderMail(mail));
        expect(read).toMatchObject({
          subject: `[№7] ${subject}`,
          text,
          from: { address: 'help@desk.test', name: settings.name },
        });
        expect(read.messageId).toBe(messageIdFor('tkv3m2.abcdefghjkmn', 'help@desk.test'));
        expect(read.sentAt).toBe(createdAt.toISOString());
        expect(read.attachments.map((attachment) => Buffer.from(attachment.bytes ?? []))).toEqual([Buffer.from(bytes)]);
      }),
      { numRuns: 25 },
    );
  }, 30_000);

  it('makes the same bytes at every attempt', async () => {
    const file = { name: 'a.pdf', mediaType: 'application/pdf', bytes: 1, content: 'key' };
    const mail = (): Promise<Buffer> => renderMail(mailOf({ attachments: [file] }, [Buffer.of(1)]));
    expect(await mail()).toEqual(await mail());
  });

  it('can not be made to write a header of somebody else', async () => {
    const evil = 'x\r\nBcc: spy@x.test\u2028\nX-Evil: 1\0';
    const mail = composeMail(
      {
        message: messageWith({
          subject: evil,
          ticketNumber: '7',
          references: [`a@b>${evil}`],
          replyTag: evil,
          attachments: [{ name: evil, mediaType: evil, bytes: 0, content: 'k' }],
        }),
        externalId: evil,
        createdAt,
      },
      { address: 'help@desk.test', settings: { name: evil, plusAddressing: true } },
      [new Uint8Array()],
    );
    const names = parseMail(await renderMail(mail)).headers.names;
    expect(names).toEqual(
      expect.arrayContaining(['from', 'to', 'subject', 'message-id', 'date', 'reply-to', 'x-loop', 'mime-version']),
    );
    expect(names.filter((name) => /bcc|evil/.test(name))).toEqual([]);
    expect(mail.to.address).toBe('anna@school.test');
  });
});

describe('senderAddress', () => {
  const own = {
    address: 'Help@desk.test',
    settings: emailSettings.parse({
      aliases: ['it@desk.test'],
      receive: { type: 'smtp', port: 25, domains: ['old.test'] },
    }),
  };
  it.each([
    [undefined, 'help@desk.test'],
    ['it@desk.test', 'it@desk.test'],
    ['Help+tag@desk.test', 'help@desk.test'],
    ['anyone@old.test', 'anyone@old.test'],
    ['evil@x.test', 'help@desk.test'],
    ['help@desk.test\r\nBcc: x@y.test', 'help@desk.test'],
  ])('keeps %s as %s', (from, address) => expect(senderAddress(from, own)).toBe(address));
});

describe('markdownHtml', () => {
  it.each([
    ['*a* **b** `c`', '<em>a</em> <strong>b</strong> <code>c</code>'],
    ['one\ntwo', 'one<br>\ntwo'],
    ['- a\n- b', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['> q', '<blockquote>\n<p>q</p>\n</blockquote>'],
    ['[s](https://x.test)', '<a href="https://x.test">s</a>'],
    ['https://x.test/a', '<a href="https://x.test/a">https://x.test/a</a>'],
    ['<b onclick=x>', '&lt;b onclick=x&gt;'],
    ['[s](javascript:alert(1))', '[s](javascript:alert(1))'],
    ['[s](data:text/html,x)', '[s](data:text/html,x)'],
    ['![i](https://x.test/i.png)', '!<a href="https://x.test/i.png">i</a>'],
    ['# not a heading', '# not a heading'],
  ])('writes %s', (text, html) => expect(markdownHtml(text)).toContain(html));
});
