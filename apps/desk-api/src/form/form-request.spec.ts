import { describe, expect, it } from '@jest/globals';
import { inboundMessage } from '#libs/contracts';
import { formFields, formMessage, type StoredRequest } from './form-request.js';

const request = (fields: object, user?: StoredRequest['user']): StoredRequest => ({
  v: 1,
  form: 'demo',
  key: 'anybody:1',
  region: 'RU',
  fields: formFields.parse({ text: 'Не могу войти', ...fields }),
  ...(user && { user }),
  files: [],
});

describe('formMessage', () => {
  it('believes what the platform signed', () => {
    const message = formMessage(request({ email: 'other@x.test' }, { sub: '7', email: 'i@x.test', name: 'Иван' }));
    expect(message.sender).toEqual({
      name: 'Иван',
      addresses: [
        { kind: 'platform', value: '7', proof: 'signed' },
        { kind: 'email', value: 'i@x.test', proof: 'signed' },
        { kind: 'email', value: 'other@x.test', proof: 'none' },
      ],
    });
    expect([message.replyTo, message.flags]).toEqual(['7', []]);
  });

  it('marks what somebody typed', () => {
    const message = formMessage(request({ email: 'Me@X.test', phone: '8 (495) 123-45-67', name: 'Я' }));
    expect(message.sender.addresses).toEqual([
      { kind: 'email', value: 'me@x.test', proof: 'wrote' },
      { kind: 'phone', value: '+74951234567', proof: 'none' },
    ]);
    expect([message.replyTo, message.flags]).toEqual(['', ['sender-not-verified']]);
  });

  it('adds to a ticket for a proven user alone', () => {
    expect(formMessage(request({ requestId: '5' }, { sub: '7' })).thread.provenTicket).toBe('5');
    expect(formMessage(request({ requestId: '5' })).thread.provenTicket).toBeUndefined();
  });

  it('is a message of the contract, with a subject of its own where none was given', () => {
    const message = formMessage(request({ text: '\n Первая строка \nвторая' }));
    expect(inboundMessage.parse(message)).toMatchObject({ subject: 'Первая строка', externalId: 'demo:anybody:1' });
  });
});

describe('formFields', () => {
  it('keeps headers to one line and text to text', () => {
    const read = formFields.parse({
      subject: 'a\r\nBcc: evil@x.test',
      name: 'x\u2028y\0',
      text: 'один\r\nдва\0\ud800',
    });
    expect(read).toMatchObject({ subject: 'a Bcc: evil@x.test', name: 'x y', text: 'один\nдва\ufffd' });
  });
  it.each([
    {},
    { text: '' },
    { text: ' \n ' },
    { text: ['x'] },
    { text: 'x', email: 'no' },
    { text: 'x', role: 'administrator' },
    { text: 'x', website: 'spam' },
    { text: 'x', requestId: '0' },
    { text: 'x', subject: { $ne: 1 } },
  ])('refuses %j', (given) => expect(formFields.safeParse(given).success).toBe(false));
});
