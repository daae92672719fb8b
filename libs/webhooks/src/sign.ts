import { createHmac } from 'node:crypto';

const secretForm = /^whsec_([A-Za-z0-9+/]{32,88}={0,2})$/;

/** A secret as its holder writes it down: `whsec_` and at least 24 bytes in base64. */
export const writeSecret = (bytes: Uint8Array): string => `whsec_${Buffer.from(bytes).toString('base64')}`;

/** What is signed with, by Standard Webhooks: the bytes behind the prefix. */
function keyOf(secret: string): Buffer {
  const [, encoded] = secretForm.exec(secret) ?? [];
  if (!encoded) throw new Error('Not a secret of a webhook');
  return Buffer.from(encoded, 'base64');
}

export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970, of this attempt: a receiver refuses what is too old. */
  readonly timestamp: number;
  readonly body: string;
}

/** Value of `webhook-signature`: one signature by each secret that is good now, the newest first. */
export const signatures = (secrets: readonly string[], { id, timestamp, body }: SignedMessage): string =>
  secrets
    .map((secret) => createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64'))
    .map((signature) => `v1,${signature}`)
    .join(' ');
