import { type PersonPrincipal, roles } from '#libs/access';
import { locales } from '#libs/contracts';
import { z } from 'zod';
import { dateShape, idShape } from '../pages/shapes.js';

const person = { id: idShape, email: z.string(), name: z.string(), role: z.enum(roles), locale: z.enum(locales) };

export const signedInPersonShape = z.object(person).meta({ id: 'SignedInPerson' });

/** Signing in is done. */
export const signedInShape = z.object({ state: z.literal('signed_in'), ...person }).meta({ id: 'SignedIn' });

/** The password was right; the second factor is asked for next. */
export const totpRequiredShape = z
  .object({
    state: z.literal('totp_required'),
    /** Afterwards the password is asked for again. */
    expiresAt: dateShape,
  })
  .meta({ id: 'TotpRequired' });

/** A code of the authenticator program, or one of the recovery codes. */
export const secondFactorProof = z.union([
  z.strictObject({ code: z.string().min(1).max(32) }),
  z.strictObject({ recoveryCode: z.string().min(1).max(64) }),
]);

/** What a person is told about themselves. */
export const personOf = ({ id, email, name, role, locale }: PersonPrincipal) => ({ id, email, name, role, locale });
