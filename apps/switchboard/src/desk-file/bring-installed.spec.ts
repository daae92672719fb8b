import { describe, expect, it } from '@jest/globals';
import { bringInstalled } from './bring-installed.js';

describe('bringInstalled', () => {
  const written = { name: 'Desk', receive: { type: 'smtp', host: '127.0.0.1', port: '${PORT}' }, path: '${DIR}/mail' };
  const declared = { name: 'Desk', receive: { type: 'smtp', host: '127.0.0.1', port: 2526 }, path: '/new/mail' };

  it('brings what the environment gives and keeps what people added', () =>
    expect(
      bringInstalled(
        { name: 'Desk', receive: { type: 'smtp', host: '127.0.0.1', port: 2525 }, path: '/old/mail', signature: 'Hi' },
        declared,
        written,
      ),
    ).toEqual({ ...declared, signature: 'Hi' }));

  it('leaves a group alone in which people changed something, and brings the others', () =>
    expect(
      bringInstalled(
        { name: 'Desk', receive: { type: 'imap', host: 'mail.example', port: 993 }, path: '/old/mail' },
        declared,
        written,
      ),
    ).toEqual({ ...declared, receive: { type: 'imap', host: 'mail.example', port: 993 } }));

  it('does not bring back a group that people took out', () =>
    expect(bringInstalled({ name: 'Other', path: '/old/mail' }, declared, written)).toEqual({
      name: 'Other',
      path: '/old/mail',
    }));
});
