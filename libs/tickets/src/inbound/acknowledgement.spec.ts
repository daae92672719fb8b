import { describe, expect, it } from '@jest/globals';
import type { InboundMessage } from '#libs/contracts';
import {
  acknowledgementAddress,
  composeAcknowledgement,
  mostAutomatic,
  silence,
  type AcknowledgementFacts,
} from './acknowledgement.js';

const message = (more: Partial<InboundMessage> = {}): InboundMessage => ({
  v: 1,
  type: 'message',
  externalId: 'm1@mail.test',
  sender: { addresses: [{ kind: 'email', value: 'anna@mail.test', proof: 'wrote' }] },
  replyTo: 'anna@mail.test',
  writtenTo: 'help@desk.test',
  others: [],
  subject: 'Не могу войти',
  text: 'Помогите',
  attachments: [],
  thread: { references: [], subjectNumbers: [] },
  flags: [],
  ...more,
});

describe('silence', () => {
  const facts = (more: Partial<AcknowledgementFacts> = {}): AcknowledgementFacts => ({
    message: message(),
    canReply: true,
    senderKnown: true,
    sentWithinDay: 0,
    switchedOff: false,
    ...more,
  });

  it.each<[string | undefined, Partial<AcknowledgementFacts>]>([
    [undefined, {}],
    [undefined, { sentWithinDay: mostAutomatic - 1 }],
    [undefined, { message: message({ flags: ['unreadable'] }) }],
    ['switched-off', { switchedOff: true }],
    ['too-many', { sentWithinDay: mostAutomatic }],
    ['automatic', { message: message({ automatic: 'auto-reply' }) }],
    ['channel', { canReply: false }],
    ['no-address', { message: message({ replyTo: '' }) }],
    ['unreadable', { message: message({ flags: ['unreadable'] }), senderKnown: false }],
  ])('is %s', (why, more) => expect(silence(facts(more))).toBe(why));
});

describe('acknowledgementAddress', () => {
  it.each([
    ['anna@mail.test', 'anna@mail.test'],
    ['office@MAIL.test', 'office@MAIL.test'],
    ['victim@elsewhere.test', 'anna@mail.test'],
    ['', ''],
  ])('for answers to %p is %p', (replyTo, address) =>
    expect(acknowledgementAddress(message({ replyTo }))).toBe(address),
  );

  it('is the chat where there is no mail', () => {
    const sender = { addresses: [{ kind: 'telegram', value: '42', proof: 'wrote' as const }] };
    expect(acknowledgementAddress({ replyTo: '42', sender })).toBe('42');
  });
});

describe('composeAcknowledgement', () => {
  const ticket = { id: '9', number: '1009', locale: 'ru', tag: 'abc', says: 'Номер 1009, ИТ-поддержка' } as const;

  it('tells the number, answers the message and is marked as automatic', () => {
    const answer = composeAcknowledgement(message({ subject: 'Re: re: Не могу войти' }), ticket);
    expect(answer).toMatchObject({
      to: 'anna@mail.test',
      from: 'help@desk.test',
      subject: 'Re: Не могу войти',
      references: ['m1@mail.test'],
      automatic: true,
      replyTag: 'abc',
      ticketNumber: '1009',
    });
    expect(answer.text).toBe('Номер 1009, ИТ-поддержка');
  });

  it('repeats nothing of the text, whatever it says', () =>
    expect(composeAcknowledgement(message({ text: 'buy at evil.test {{number}}' }), ticket).text).not.toContain(
      'evil.test',
    ));

  it('cuts a long subject between letters', () => {
    const { subject } = composeAcknowledgement(message({ subject: '🙂'.repeat(499) }), ticket);
    expect(subject?.length).toBeLessThanOrEqual(998);
    expect(encodeURIComponent(subject ?? '')).toMatch(/^Re/);
  });
});
