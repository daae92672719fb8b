import type { Answer } from './desk.js';

/** The cookie of this name that an answer sets, as `name=value`; `''` where it sets none. */
export const cookieOf = (answer: Answer, name: string): string =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0] ?? '')
    .find((cookie) => cookie.startsWith(`${name}=`)) ?? '';
