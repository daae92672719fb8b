import { z } from 'zod';

/** Settings of a form: how the learning platform proves who its user is. Without `token` nobody is proven. */
export const formSettings = z.strictObject({
  token: z
    .strictObject({
      /** `jwt`: HS256. `hmac`: `base64url(JSON).base64url(HMAC-SHA256 of the first part)`. */
      type: z.enum(['jwt', 'hmac']),
      secret: z.string().min(16).max(1024).meta({ secret: true }),
      /** What `iss` must be, where the platform sets it. */
      issuer: z.string().max(300).optional(),
      /** What `aud` must be. */
      audience: z.string().max(300).optional(),
    })
    .optional(),
  /** Origins whose pages may use the form by script: `https://lms.example`, without a path. */
  origins: z
    .array(z.string().regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'fault.origin'))
    .max(20)
    .default([]),
});
export type FormSettings = z.output<typeof formSettings>;
