import { z } from 'zod';

/** A key as its owner holds it: `sbk_<prefix>_<secret>`. The prefix names the row, only a hash of the secret is kept. */
export interface KeyParts {
  readonly prefix: string;
  readonly secret: string;
}

const form = /^sbk_([a-z0-9]{6,32})_([A-Za-z0-9_-]{16,128})$/;

export function readApiKey(key: string): KeyParts | undefined {
  const [, prefix, secret] = form.exec(key) ?? [];
  return prefix && secret ? { prefix, secret } : undefined;
}

export const writeApiKey = ({ prefix, secret }: KeyParts): string => `sbk_${prefix}_${secret}`;

/** An all-scope key as the environment may give it to a new desk: any signs that fit into a header. */
export const bootstrapKey = z
  .string()
  .min(16)
  .max(512)
  .regex(/^[\x21-\x7e]+$/);
