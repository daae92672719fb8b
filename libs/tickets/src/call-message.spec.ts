import { describe, expect, it } from '@jest/globals';
import { inboundMessage } from '#libs/contracts';
import { callMessage, type CallToLog } from './call-message.js';

const call: CallToLog = {
  number: { kind: 'public', phone: '+74951234567', extension: '12' },
  phoneAsGiven: '8 (495) 123-45-67 доб. 12',
  direction: 'in',
  text: 'Не открывается\nкурс',
  resolved: false,
  startedAt: new Date('2026-11-22T09:00:00Z'),
};

describe('callMessage', () => {
  it('is a message that the router takes', () => {
    const message = callMessage(call, 'call-1');
    expect(inboundMessage.parse(message)).toEqual(message);
    expect(message).toMatchObject({
      subject: 'Не открывается курс',
      sender: { addresses: [{ kind: 'phone', value: '+74951234567;ext=12', proof: 'wrote' }] },
      call: { phone: '+74951234567', extension: '12', direction: 'in', medium: 'phone', resolved: false },
    });
  });

  it('names nobody when the number was hidden', () => {
    const message = callMessage({ ...call, number: { kind: 'anonymous' } }, 'call-1');
    expect(message.sender.addresses).toEqual([]);
    expect(message.call?.phone).toBeUndefined();
  });

  it('carries the ticket, the kind and the promise', () => {
    const dueAt = new Date('2026-11-23T09:00:00Z');
    const message = callMessage({ ...call, ticketId: '7', kind: 'access', callBack: { dueAt, note: 'log in' } }, 'c');
    expect(message).toMatchObject({
      thread: { provenTicket: '7' },
      requestKind: 'access',
      call: { callBack: { dueAt: '2026-11-23T09:00:00.000Z', note: 'log in' } },
    });
  });
});
