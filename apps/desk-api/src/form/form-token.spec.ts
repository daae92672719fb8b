import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import { readFormToken } from './form-token.js';

const secret = 'a secret of the platform';
const now = new Date('2026-03-01T10:00:00Z');
const inS = (seconds: number): number => Math.floor(now.getTime() / 1000) + seconds;
const user = { sub: 'student-7', email: 'Ivan@Example.Test', name: 'Иван\r\nBcc: x', exp: inS(600) };

const hmac = (claims: object, key = secret): string => {
  const body = Buffer.from(JSON.stringify(claims)).toString('base64url');
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`;
};
const jwt = (claims: Record<string, unknown>, key = secret, alg = 'HS256'): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg }).sign(new TextEncoder().encode(key));
const unsigned = (claims: object): string =>
  [{ alg: 'none' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.';

const read = (type: 'jwt' | 'hmac', token: string, more = {}) => readFormToken(token, { type, secret, ...more }, now);
const known = { sub: 'student-7', email: 'ivan@example.test', name: 'Иван Bcc: x', locale: undefined };

describe('readFormToken', () => {
  it('names the user of either kind of token, in one line each', async () => {
    expect(await read('jwt', await jwt(user))).toEqual(known);
    expect(await read('hmac', hmac(user))).toEqual(known);
  });

  it('takes a number as the name of a user', async () => {
    expect(await read('hmac', hmac({ sub: 42, exp: inS(60) }))).toMatchObject({ sub: '42' });
  });

  it.each<[string, () => Promise<string> | string, 'jwt' | 'hmac']>([
    ['another key', () => jwt(user, 'another secret of 16 signs'), 'jwt'],
    ['no signature', () => unsigned(user), 'jwt'],
    ['another algorithm', () => jwt(user, secret, 'HS512'), 'jwt'],
    ['an end in the past', () => jwt({ ...user, exp: inS(-60) }), 'jwt'],
    ['no end', () => jwt({ sub: 'x' }), 'jwt'],
    ['no user', () => jwt({ exp: inS(60) }), 'jwt'],
    ['another key', () => hmac(user, 'another'), 'hmac'],
    ['an end in the past', () => hmac({ ...user, exp: inS(-60) }), 'hmac'],
    ['no end', () => hmac({ sub: 'x' }), 'hmac'],
    ['a beginning in the future', () => hmac({ ...user, nbf: inS(120) }), 'hmac'],
    ['a user with a line break', () => hmac({ ...user, sub: 'a\nb' }), 'hmac'],
    ['a part too many', () => `${hmac(user)}.x`, 'hmac'],
    ['a token of the other kind', () => jwt(user), 'hmac'],
    ['rubbish', () => 'rubbish', 'jwt'],
    ['rubbish', () => 'a.b', 'hmac'],
  ])('refuses %s (%#)', async (_, token, type) => expect(await read(type, await token())).toBeUndefined());

  it.each<['jwt' | 'hmac', (claims: Record<string, unknown>) => Promise<string> | string]>([
    ['jwt', jwt],
    ['hmac', hmac],
  ])('asks for issuer and audience where they are set (%s)', async (type, sign) => {
    const strict = { issuer: 'lms', audience: 'desk' };
    expect(await read(type, await sign({ ...user, iss: 'lms', aud: ['desk', 'other'] }), strict)).toBeDefined();
    expect(await read(type, await sign({ ...user, iss: 'lms', aud: 'other' }), strict)).toBeUndefined();
    expect(await read(type, await sign({ ...user, aud: 'desk' }), strict)).toBeUndefined();
  });
});
