import { createHash } from 'node:crypto';

/** What is stored of a random token. The token has 256 bits, so a plain digest is enough: nothing can be guessed. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();
