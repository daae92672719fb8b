import { describe, expect, it } from '@jest/globals';
import { mailKeys } from './mail-key.js';

const mail = (more: Partial<Record<'id' | 'from' | 'date' | 'body' | 'trace' | 'eol', string>> = {}): Buffer => {
  const {
    id = '<1@x>',
    from = 'a@x',
    date = 'Mon, 12 Oct 2026 10:15:00 +0300',
    body = 'text',
    trace = '',
    eol = '\r\n',
  } = more;
  const lines = [trace, id && `Message-ID: ${id}`, `From: ${from}`, `Date: ${date}`].filter(Boolean);
  return Buffer.from([...lines, '', body, ''].join(eol));
};
const keyOf = (bytes: Buffer, receivedAt?: string): string => mailKeys(bytes, receivedAt).externalKey;

describe('mailKeys', () => {
  it('is the same for a mail that came by another way', () => {
    expect(keyOf(mail({ trace: 'Received: from a by b' }))).toBe(keyOf(mail()));
    expect(keyOf(mail({ eol: '\n' }))).toBe(keyOf(mail()));
    expect(keyOf(mail(), 'later')).toBe(keyOf(mail()));
    expect(mailKeys(mail()).contentKey).toBe(keyOf(mail()));
  });

  it.each([{ id: '<2@x>' }, { from: 'evil@x' }, { date: 'Mon, 12 Oct 2026 10:15:01 +0300' }, { body: 'other' }])(
    'differs when %j does, so that a copied Message-ID hides nothing',
    (more) => expect(keyOf(mail(more))).not.toBe(keyOf(mail())),
  );

  it('tells mails without a Message-ID apart by their trace and by when the server got them', () => {
    const bare = mail({ id: '' });
    expect(mailKeys(bare).contentKey).toBeUndefined();
    expect(keyOf(bare, '10:00')).not.toBe(keyOf(bare, '10:01'));
    expect(keyOf(mail({ id: '', trace: 'Received: id 1' }))).not.toBe(keyOf(mail({ id: '', trace: 'Received: id 2' })));
    expect(keyOf(bare, '10:00')).toBe(keyOf(mail({ id: '' }), '10:00'));
  });
});
