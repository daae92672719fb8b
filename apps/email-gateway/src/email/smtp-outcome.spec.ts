import { describe, expect, it } from '@jest/globals';
import { Refused, Retry, Unknown } from '#libs/contracts';
import { smtpOutcome } from './smtp-outcome.js';

const before = { begun: false, ended: false };
const during = { begun: true, ended: false };
const after = { begun: true, ended: true };

describe('smtpOutcome', () => {
  it.each([
    ['a server that is away', { code: 'ESOCKET', originalCode: 'ECONNREFUSED' }, before, 'unreachable'],
    [
      'a greeting that refuses',
      { code: 'EPROTOCOL', responseCode: 554, response: '554 go away' },
      before,
      'server-refused',
    ],
    ['a refused password', { code: 'EAUTH', responseCode: 535, response: '535 5.7.8 bad' }, before, 'wrong-password'],
    [
      'a password that is missing',
      { code: 'EENVELOPE', responseCode: 530, response: '530 5.7.0 auth' },
      during,
      'server-refused',
    ],
    [
      'a certificate that is not trusted',
      { code: 'ESOCKET', originalCode: 'SELF_SIGNED_CERT_IN_CHAIN' },
      before,
      'tls',
    ],
    ['STARTTLS that is not offered', { code: 'ETLS' }, before, 'tls'],
  ])('holds the account for %s', (_, error, state, code) => {
    const outcome = smtpOutcome(error, state);
    expect(outcome).toBeInstanceOf(Retry);
    expect(outcome).toMatchObject({ scope: 'account', message: expect.stringMatching(new RegExp(`^${code}`)) });
  });

  it.each([
    ['greylisting', { responseCode: 451, response: '451 4.7.1 later' }, during],
    ['a full disk after the dot', { responseCode: 452, response: '452 4.3.1 full' }, after],
    ['a line cut in the middle of the body', { code: 'ESOCKET', command: 'CONN' }, during],
    ['a stop before the fence', { code: 'EABORT' }, before],
    ['an attachment that can not be read', { code: 'ESTREAM' }, during],
  ])('tries the mail again after %s', (_, error, state) =>
    expect(smtpOutcome(error, state)).toMatchObject({ name: 'Retry', scope: 'message' }),
  );

  it.each([
    ['550 5.1.1 no such user', 550, '5.1.1', true],
    ['550 User unknown', 550, '550', true],
    ['550 Message was not accepted -- invalid mailbox', 550, '550', true],
    ['550 5.7.1 spam', 550, '5.7.1', false],
    ['554 5.6.0 broken', 554, '5.6.0', false],
    ['552 5.2.2 mailbox full', 552, '5.2.2', false],
  ])('gives up on %s', (response, responseCode, code, recipientGone) => {
    const outcome = smtpOutcome({ responseCode, response }, during);
    expect(outcome).toBeInstanceOf(Refused);
    expect(outcome).toMatchObject({ code, recipientGone });
  });

  it.each(['ESOCKET', 'ECONNECTION', 'ETIMEDOUT', 'EABORT'])(
    'does not know after the dot when the answer is %s',
    (code) => expect(smtpOutcome({ code, command: 'CONN' }, after)).toBeInstanceOf(Unknown),
  );
});
