import { timingSafeEqual } from 'node:crypto';

/** A file that was uploaded ahead of the message it belongs to. */
export interface Upload {
  readonly content: string;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
}

/** Signs for one purpose; the caller brings the key. */
export type Mac = (text: string) => string;

const separator = '.';
const lifetimeMs = 24 * 60 * 60 * 1000;

/**
 * The name of an upload that only its uploader can use: content keys are hashes, so a bare key would let anybody
 * who guesses a file's content attach, and so download, it.
 */
export function uploadToken(upload: Upload, owner: string, now: Date, mac: Mac): string {
  const { content, name, mediaType, bytes } = upload;
  const claim = JSON.stringify([content, name, mediaType, bytes, now.getTime() + lifetimeMs]);
  const body = Buffer.from(claim).toString('base64url');
  return body + separator + mac(signed(body, owner));
}

/** The upload behind a token; undefined when it is not ours, not this owner's, or a day old. */
export function readUploadToken(token: string, owner: string, now: Date, mac: Mac): Upload | undefined {
  const [body, signature, ...rest] = token.split(separator);
  if (!body || !signature || rest.length > 0 || !sameText(mac(signed(body, owner)), signature)) return undefined;
  const claim: unknown = JSON.parse(Buffer.from(body, 'base64url').toString());
  const [content, name, mediaType, bytes, expires] = claim as [string, string, string, number, number];
  return expires > now.getTime() ? { content, name, mediaType, bytes } : undefined;
}

const signed = (body: string, owner: string): string => `${owner}\n${body}`;

const sameText = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};
