import { createHmac, timingSafeEqual } from 'node:crypto';
import { jwtVerify } from 'jose';
import { z } from 'zod';
import type { FormSettings } from './form-settings.js';

type TokenSetting = NonNullable<FormSettings['token']>;

/** Control characters end lines in headers and logs; a name or an address has none. */
const line = (longest: number) =>
  z
    .string()
    .max(longest)
    .transform((value) => value.replace(/\p{Cc}+/gu, ' ').trim());

const claims = z.object({
  sub: z
    .union([z.string(), z.number().int()])
    .transform(String)
    .pipe(
      z
        .string()
        .min(1)
        .max(200)
        .regex(/^\P{Cc}+$/u),
    ),
  email: z
    .email()
    .max(320)
    .transform((value) => value.toLowerCase())
    .optional(),
  name: line(300).optional(),
  locale: z.enum(['ru', 'en']).optional().catch(undefined),
  exp: z.number(),
  nbf: z.number().optional(),
  iss: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
});

/** A user of the learning platform, as the platform itself names them. */
export interface FormUser {
  readonly sub: string;
  readonly email?: string | undefined;
  readonly name?: string | undefined;
  readonly locale?: 'ru' | 'en' | undefined;
}

const toleranceS = 30;

/** The user that a token of the platform names; nothing when it is forged, expired, or made for somebody else. */
export async function readFormToken(token: string, setting: TokenSetting, now: Date): Promise<FormUser | undefined> {
  const payload = setting.type === 'jwt' ? await readJwt(token, setting, now) : readHmac(token, setting, now);
  const read = claims.safeParse(payload);
  if (!read.success) return undefined;
  const { sub, email, name, locale } = read.data;
  return { sub, email, name, locale };
}

async function readJwt(token: string, setting: TokenSetting, now: Date): Promise<unknown> {
  try {
    const { payload } = await jwtVerify(token, new TextEncoder().encode(setting.secret), {
      algorithms: ['HS256'],
      clockTolerance: toleranceS,
      currentDate: now,
      requiredClaims: ['exp', 'sub'],
      ...(setting.issuer !== undefined && { issuer: setting.issuer }),
      ...(setting.audience !== undefined && { audience: setting.audience }),
    });
    return payload;
  } catch {
    return undefined;
  }
}

function readHmac(token: string, setting: TokenSetting, now: Date): unknown {
  const [body, signature, ...rest] = token.split('.');
  if (!body || !signature || rest.length > 0) return undefined;
  const expected = createHmac('sha256', setting.secret).update(body).digest();
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const read = claims.safeParse(json(Buffer.from(body, 'base64url').toString('utf8')));
  return read.success && isFor(read.data, setting, now.getTime() / 1000) ? read.data : undefined;
}

function isFor({ exp, nbf, iss, aud }: z.output<typeof claims>, setting: TokenSetting, nowS: number): boolean {
  if (exp + toleranceS <= nowS || (nbf !== undefined && nbf - toleranceS > nowS)) return false;
  if (setting.issuer !== undefined && iss !== setting.issuer) return false;
  return setting.audience === undefined || [aud].flat().includes(setting.audience);
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
