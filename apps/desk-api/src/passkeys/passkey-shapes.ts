import { z } from 'zod';
import { dateShape, idShape, oneLine } from '../pages/shapes.js';

const base64url = (longest: number) =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[\w-]+$/);

/** What both answers of an authenticator have; browsers add more, which nobody here reads. */
const credential = { id: base64url(1400), rawId: base64url(1400), type: z.literal('public-key') };

/** `PublicKeyCredential.toJSON()` after `navigator.credentials.create`. */
export const registration = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(8192),
    attestationObject: base64url(65_536),
    transports: z.array(z.string().max(32)).max(10).optional(),
  }),
});

/** `PublicKeyCredential.toJSON()` after `navigator.credentials.get`. */
export const assertion = z.object({
  ...credential,
  response: z.object({
    clientDataJSON: base64url(8192),
    authenticatorData: base64url(8192),
    signature: base64url(8192),
    userHandle: base64url(128).nullish(),
  }),
});

export const passkeyName = z.string().overwrite(oneLine).min(1).max(100);

export const passkeyShape = z
  .object({
    id: idShape,
    name: z.string(),
    /** Kept by a provider on all devices of its owner. */
    synced: z.boolean(),
    createdAt: dateShape,
    lastUsedAt: dateShape.nullable(),
  })
  .meta({ id: 'Passkey' });

/** Goes to `PublicKeyCredential.parseCreationOptionsFromJSON` or `parseRequestOptionsFromJSON` as it is. */
export const optionsShape = z.record(z.string(), z.unknown()).meta({ id: 'PasskeyOptions' });
