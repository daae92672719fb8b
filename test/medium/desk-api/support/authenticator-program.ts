import { createHmac } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The bytes that a person's authenticator program reads from `secret`. */
function bytesOf(secret: string): Buffer {
  let bits = '';
  for (const letter of secret) bits += alphabet.indexOf(letter).toString(2).padStart(5, '0');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** What an authenticator program shows, written from RFC 6238 apart from the desk: `shift` half minutes from now. */
export function authenticatorCode(secret: string, shift = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigInt64BE(BigInt(Math.floor(Date.now() / 30_000) + shift));
  const digest = createHmac('sha1', bytesOf(secret)).update(counter).digest();
  const at = digest[19]! & 0xf;
  const binary = ((digest[at]! & 0x7f) << 24) | (digest[at + 1]! << 16) | (digest[at + 2]! << 8) | digest[at + 3]!;
  return (binary % 1_000_000).toString().padStart(6, '0');
}
