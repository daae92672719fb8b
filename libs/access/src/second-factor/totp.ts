import { createHmac, timingSafeEqual } from 'node:crypto';
import { toBase32 } from '#libs/platform';

/** What every authenticator program can do: SHA-1, six digits, a new code each half minute (RFC 6238). */
const stepMs = 30_000;
const digits = 6;

/** Clocks of phones differ, and a code is typed for a while: the steps before and after are taken too. */
const drift = 1;

/** RFC 4226: as long as the digest. */
export const totpSecretBytes = 20;

export const stepAt = (nowMs: number): number => Math.floor(nowMs / stepMs);

/** The code of one time step, with leading zeros. */
export function totpCode(secret: Uint8Array, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const digest = createHmac('sha1', secret).update(counter).digest();
  const offset = (digest.at(-1) ?? 0) & 15;
  const number = digest.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The time step that a typed code belongs to, now or nearly so; nothing for a wrong code and for one of a step that
 * is not newer than the one used last: whoever looked over the shoulder can't use it again.
 */
export function matchStep(secret: Uint8Array, typed: string, nowMs: number, lastStep: number): number | undefined {
  const code = typed.replace(/\s/g, '');
  if (!/^\d{6}$/.test(code)) return undefined;
  const current = stepAt(nowMs);
  let matched: number | undefined;
  for (let step = current - drift; step <= current + drift; step++) {
    const same = timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code));
    if (same && step > lastStep) matched = step;
  }
  return matched;
}

/** A secret as people copy it by hand. */
export const writtenSecret = (secret: Uint8Array): string => toBase32(secret).toUpperCase();

/** What authenticator programs read from a QR code. */
export function totpUrl(secret: Uint8Array, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const facts = { secret: writtenSecret(secret), issuer, algorithm: 'SHA1', digits: '6', period: '30' };
  const query = Object.entries(facts).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `otpauth://totp/${label}?${query.join('&')}`;
}
