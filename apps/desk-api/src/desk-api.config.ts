import { bootstrapKey, providerList } from '#libs/access';
import { commonConfig } from '#libs/platform';
import { z } from 'zod';

/** Variables of the HTTP API. */
export const deskApiVariables = commonConfig.extend({
  /** Port of the API, the forms and the console. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  /** Address that PORT is opened on. */
  HOST: z.string().min(1).default('0.0.0.0'),
  /** E-mail of the first administrator, made at start when there is no such person. */
  ADMIN_EMAIL: z.email().optional(),
  /** Password of the first administrator. */
  ADMIN_PASSWORD: z.string().min(8).max(256).optional(),
  /** An API key with every scope, for programs that set the desk up; 16 signs at least. */
  BOOTSTRAP_API_KEY: bootstrapKey.optional(),
  /**
   * Providers of single sign-on (OpenID Connect), a list in JSON: `[{"key": "corp", "title": "Corporate sign-in",
   * "issuer": "https://id.example", "clientId": "desk", "clientSecret": "…"}]`. The redirect address to register there
   * is PUBLIC_URL/api/v1/single-sign-on/KEY/callback. People are found by their verified e-mail among those who were
   * added; `"newPeople": {"role": "specialist", "domains": ["example.org"]}` adds others.
   */
  SIGN_IN_PROVIDERS: providerList,
});
export type DeskApiVariables = z.output<typeof deskApiVariables>;

/** What the API derives from its variables. */
export class DeskApiConfig {
  /** Where people reach the desk, as a browser names it in `Origin`. */
  readonly publicOrigin: string;
  readonly isHttps: boolean;
  /** `__Host-` binds the cookie to this very host, which browsers accept only over https. */
  readonly sessionCookie: string;

  constructor(readonly variables: DeskApiVariables) {
    const { origin, protocol } = new URL(variables.PUBLIC_URL);
    this.publicOrigin = origin;
    this.isHttps = protocol === 'https:';
    this.sessionCookie = this.isHttps ? '__Host-sb_session' : 'sb_session';
  }
}
