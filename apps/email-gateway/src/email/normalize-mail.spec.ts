import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inboundMessage } from '#libs/contracts';
import { mailFixture, mailFixtures } from '../../../../test/fixtures/mail/read-fixture.js';
import { normalize } from './normalize-mail.js';

const account = { id: '1', address: 'help@desk.test', ownAddresses: ['help@desk.test'] };
const normal = (bytes: Uint8Array) => normalize({ externalKey: 'key', source: {}, bytes }, account);
const messageOf = (name: string) => normal(mailFixture(name)).message;
const plain = (headers: string) => normal(Buffer.from(`${headers}\r\n\r\nтекст`)).message;

describe('normalize', () => {
  it('makes a reply of Gmail into a message with its thread and its new part', () => {
    expect(messageOf('gmail-ru-reply')).toMatchObject({
      type: 'message',
      externalId: 'CAF2@mail.gmail.com',
      sender: {
        addresses: [{ kind: 'email', value: 'anna.petrova@gmail.com', proof: 'wrote' }],
        name: 'Анна Петрова',
        locale: 'ru',
      },
      replyTo: 'anna.petrova@gmail.com',
      writtenTo: 'help@desk.test',
      subject: 'Re: [№1042] Не могу войти в личный кабинет',
      visibleText: 'Спасибо, теперь вход работает!',
      html: 'file:0',
      thread: {
        references: ['tkv3m2.qrstuvwxyz23@desk.test', 'CAF1@mail.gmail.com', 'tkv3m2.abcdefghjkmn@desk.test'],
        plusTag: 'tkv3m2',
        subjectNumbers: ['1042'],
      },
      sentAt: '2026-10-12T07:15:00.000Z',
    });
  });

  it.each([
    ['mailru-reply', 'Материалы открылись, спасибо.\nНо нет третьего раздела.'],
    ['yandex-reply', 'Мне подходит вторник.'],
    ['outlook-ru-reply', 'Добрый день! Ошибка осталась, снимок экрана во вложении.\n\nС уважением, Сидоров'],
    ['apple-mail-quoted-attribution', expect.stringMatching(/^Да, всё получилось.*за помощь!$/)],
  ])('shows the new part of %s', (name, visible) => expect(messageOf(name).visibleText).toEqual(visible));

  it('tells of a bounce by our own id, and threads it by the mail that came back', () => {
    expect(messageOf('bounce-rfc3464-yandex')).toMatchObject({
      type: 'report',
      automatic: 'bounce',
      report: { externalId: 'tkv3m2.abcdefghjkmn', recipient: 'nobody@gone.test', outcome: 'failed', status: '5.1.1' },
      thread: { references: ['tkv3m2.abcdefghjkmn@desk.test'] },
    });
  });

  it('answers a foreign Reply-To only where the author is a program', () => {
    expect(messageOf('reply-to-foreign-domain')).toMatchObject({
      replyTo: 'known@school.test',
      flags: ['reply-to-differs'],
      others: ['evil@x.test'],
    });
    expect(messageOf('form-mailer-reply-to').replyTo).toBe('student@mail.ru');
    expect(plain('From: a@school.test\r\nReply-To: office@school.test').replyTo).toBe('office@school.test');
  });

  it('believes no thread of a mail that names two authors', () => {
    expect(messageOf('two-from-headers').thread).toEqual({ references: [], subjectNumbers: [] });
  });

  it('keeps a mail without a sender, which then can not be answered', () => {
    expect(messageOf('no-headers')).toMatchObject({ sender: { addresses: [] }, replyTo: '', flags: ['no-sender'] });
    expect(plain('Return-Path: <a@school.test>\r\nSubject: x')).toMatchObject({
      replyTo: 'a@school.test',
      flags: ['sender-from-envelope'],
    });
  });

  it('finds the tag of our own address only, wherever the mail was delivered by it', () => {
    const tag = (headers: string) => plain(`From: a@x.test\r\n${headers}`).thread.plusTag;
    expect(tag('To: Help+AbC2@desk.test')).toBe('abc2');
    expect(tag('Delivered-To: help+abc2@desk.test')).toBe('abc2');
    expect(tag('To: other+abc2@desk.test')).toBeUndefined();
    expect(tag('To: help@desk.test')).toBeUndefined();
  });

  it.each([
    ['Re: [№1042] x [#7]', ['1042', '7']],
    ['[№ 15]', ['15']],
    ['ticket 1042, #1042, (№1042)', []],
    ['a[№12]b', ['12']],
  ])('reads the numbers of the subject %s', (subject, numbers) =>
    expect(plain(`From: a@x.test\r\nSubject: ${subject}`).thread.subjectNumbers).toEqual(numbers),
  );

  it('reads references that are folded, crowded together or without brackets', () => {
    const refs = (headers: string) => plain(`From: a@x.test\r\n${headers}`).thread.references;
    expect(refs('References: <1@a><2@a>,\r\n\t<3@a>')).toEqual(['3@a', '2@a', '1@a']);
    expect(refs('In-Reply-To: Your message of Monday <1@a>\r\nReferences: <0@a> <1@a>')).toEqual(['1@a', '0@a']);
    expect(refs('In-Reply-To: 1@a')).toEqual(['1@a']);
  });

  it('gives, for the same bytes, the same message, and one that keeps to the contract, whatever the bytes', () => {
    for (const name of mailFixtures()) {
      const first = normal(mailFixture(name));
      expect(inboundMessage.safeParse(first.message).error).toBeUndefined();
      expect(normal(mailFixture(name))).toEqual(first);
    }
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 2000 }),
        fc.constantFrom('', 'From: ', 'Subject: ', 'To: '),
        (bytes, start) => {
          const { message, files } = normal(Buffer.concat([Buffer.from(start), bytes]));
          expect(inboundMessage.safeParse(message).error).toBeUndefined();
          const named = [message.html, ...message.attachments.map(({ content }) => content)].filter(Boolean);
          expect(named).toEqual(files.map((_, index) => `file:${index}`));
        },
      ),
    );
  });
});
