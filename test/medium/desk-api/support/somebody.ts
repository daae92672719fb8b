import { cookieOf } from './cookies.js';
import { password, type TestDesk } from './desk.js';

/** A specialist whom no test knows yet, signed in. */
export interface Somebody {
  readonly id: string;
  readonly email: string;
  readonly cookie: string;
}

let count = 0;

/** Adds a person and signs them in; `cookie` is the session cookie of that name. */
export async function somebody(desk: TestDesk, admin: string, sessionCookie = 'sb_session'): Promise<Somebody> {
  const email = `somebody${++count}@desk.test`;
  const body = { email, name: 'Вера', role: 'specialist', password };
  const { id } = (await desk.call('POST', '/api/v1/people', { cookie: admin, body })).body;
  const signedIn = await desk.call('POST', '/api/v1/session', { body: { email, password } });
  return { id, email, cookie: cookieOf(signedIn, sessionCookie) };
}
