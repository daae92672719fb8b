import { locales } from '#libs/contracts';
import { z } from 'zod';

const loopback = /^http:\/\/(127(\.\d{1,3}){3}|localhost|\[::1\])(:\d+)?(\/|$)/;

const newPeople = z.strictObject({
  /** Not administrators: whoever runs the provider would make them. */
  role: z.enum(['supervisor', 'specialist', 'director']),
  locale: z.enum(locales).default('ru'),
  /** Domains of the addresses that are taken. */
  domains: z
    .array(
      z
        .string()
        .regex(/^[^@\s]{1,253}$/)
        .toLowerCase(),
    )
    .min(1),
});

/** One provider of single sign-on (OpenID Connect), as the environment declares it. */
const provider = z.strictObject({
  /** Stands in the redirect address: `/api/v1/single-sign-on/KEY/callback`. Never changed once people are linked. */
  key: z.string().regex(/^[a-z][a-z0-9-]{0,30}$/, 'fault.deskKey'),
  /** What the button says. */
  title: z.string().trim().min(1).max(60),
  issuer: z.url({ protocol: /^https?$/ }).refine((url) => url.startsWith('https:') || loopback.test(url), 'fault.url'),
  clientId: z.string().min(1).max(500),
  clientSecret: z.string().min(1).max(2000).optional(),
  scopes: z.string().default('openid email profile'),
  /** For a provider that gives only addresses of its own and says nothing of their verification. */
  emailsAreVerified: z.boolean().default(false),
  /** The provider asks for a second factor itself: ours is not asked for. */
  secondFactor: z.boolean().default(false),
  /** Makes people of whoever comes; without it only those come in whom an administrator has added. */
  newPeople: newPeople.optional(),
});

export type ProviderSettings = z.output<typeof provider>;

/** All of them, as one text of JSON. */
export const providerList = z
  .string()
  .default('[]')
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue({ code: 'custom', message: 'fault.json' });
      return z.NEVER;
    }
  })
  .pipe(
    z
      .array(provider)
      .max(10)
      .refine((list) => new Set(list.map(({ key }) => key)).size === list.length, 'fault.givenTwice'),
  );

/** Whether the provider makes somebody with this address. */
export const newcomerRule = ({ newPeople: rule }: ProviderSettings, email: string | undefined) => {
  const domain = email?.slice(email.lastIndexOf('@') + 1).toLowerCase();
  if (!rule || domain === undefined || !rule.domains.includes(domain)) return undefined;
  return { role: rule.role, locale: rule.locale };
};
