import { bootstrapKey, providerList } from '#libs/access';
import { commonConfig, flag, port } from '#libs/platform';
import { z } from 'zod';

/** What the desk was started with. */
export const environment: Readonly<Record<string, string | undefined>> = process.env;

/** Holds also while other variables are at fault: whoever corrects them should learn of everything at once. */
const always = { when: () => true };

/**
 * Variables of the launcher and, because it starts them, of every role: all their faults are found before anything
 * is begun. Every value has a default: `npm start` needs none.
 */
export const switchboardConfig = commonConfig
  .extend({
    /** Port of the console and the API. */
    PORT: port.default(3000),
    /** Address that PORT is opened on. */
    HOST: z.string().min(1).default('127.0.0.1'),
    /** PostgreSQL to use; without it the desk brings its own. */
    DATABASE_URL: commonConfig.shape.DATABASE_URL.optional(),
    /** Key that seals secrets, 32 bytes in base64 or hex; without it one is made and kept in DATA_DIR/secret.key. */
    SECRET_KEY: commonConfig.shape.SECRET_KEY.optional(),
    /** YAML file that declares queues, people, accounts and rules; applied at every start. */
    DESK_FILE: z.string().optional(),
    /** Show the demonstration desk; the default is true when DESK_FILE is not set. */
    DEMO: flag.optional(),
    /** Port on loopback where the demo mailbox takes mail. */
    DEMO_SMTP_PORT: port.default(2525),
    /** E-mail of the first administrator; made at start together with ADMIN_PASSWORD. */
    ADMIN_EMAIL: z.email().optional(),
    /** Password of the first administrator, 8 characters or more. */
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
  })
  .refine(({ ADMIN_EMAIL: email, ADMIN_PASSWORD: password }) => (email === undefined) === (password === undefined), {
    path: ['ADMIN_PASSWORD'],
    message: 'fault.administratorNeedsBoth',
    ...always,
  })
  .refine(({ PORT, DEMO_SMTP_PORT }) => PORT === 0 || PORT !== DEMO_SMTP_PORT, {
    path: ['DEMO_SMTP_PORT'],
    message: 'fault.portTwice',
    ...always,
  });
export type SwitchboardConfig = z.infer<typeof switchboardConfig>;
