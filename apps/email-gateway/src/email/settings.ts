import { z } from 'zod';

const host = z.string().trim().min(1).max(255);
// A port of a YAML file may have been a variable, which is text.
const port = z.coerce.number().int().min(1).max(65_535);
const secret = (text: z.ZodString) => text.meta({ secret: true });

/** How the connection is protected: from the first byte, by STARTTLS (required, never optional), or not at all. */
const tls = z.enum(['tls', 'starttls', 'none']);

export const oauth2Settings = z.object({
  /** A token that somebody else renews. */
  accessToken: secret(z.string().min(1).max(8192)).optional(),
  refreshToken: secret(z.string().min(1).max(8192)).optional(),
  clientId: z.string().min(1).max(512).optional(),
  clientSecret: secret(z.string().min(1).max(2048)).optional(),
  tokenUrl: z.url({ protocol: /^https?$/ }).optional(),
  scope: z.string().max(1024).optional(),
});
export type OAuth2Settings = z.infer<typeof oauth2Settings>;

const credentials = {
  user: z.string().min(1).max(320),
  password: secret(z.string().min(1).max(1024)).optional(),
  oauth2: oauth2Settings.optional(),
};

const imap = z
  .object({
    type: z.literal('imap'),
    host,
    port,
    tls: tls.default('tls'),
    ...credentials,
    mailboxes: z.array(z.string().min(1).max(255)).min(1).max(20).default(['INBOX']),
  })
  .refine(hasCredentials, { path: ['password'], error: 'fault.credentials' });
export type ImapSettings = z.infer<typeof imap>;

/** A mail server hands mail over to us. Meant for loopback or a network of servers only: it asks no password. */
const intake = z.object({
  type: z.enum(['smtp', 'lmtp']),
  host: host.default('127.0.0.1'),
  port,
  /** Every recipient in these domains is taken; without them only the address of the account is. */
  domains: z.array(z.string().trim().toLowerCase().min(1).max(255)).max(50).default([]),
});
export type IntakeSettings = z.infer<typeof intake>;

const smtp = z
  .object({
    type: z.literal('smtp'),
    host,
    port,
    tls: tls.default('tls'),
    ...credentials,
    user: credentials.user.optional(),
  })
  .refine((value) => value.user === undefined || hasCredentials(value), {
    path: ['password'],
    error: 'fault.credentials',
  });
export type SmtpSettings = z.infer<typeof smtp>;

/** Mails are written into a folder as `.eml` files: demo, tests, or a mail server that picks them up. */
const folder = z.object({ type: z.literal('folder'), path: z.string().min(1).max(4096) });
export type FolderSettings = z.infer<typeof folder>;

export const emailSettings = z.object({
  /** Name shown beside the address. */
  name: z.string().trim().max(200).default(''),
  receive: z.discriminatedUnion('type', [imap, intake]).optional(),
  send: z.discriminatedUnion('type', [smtp, folder]).optional(),
  /** Whether the server delivers `box+anything@domain` to the box. */
  plusAddressing: z.boolean().default(false),
  /** Further addresses of the same mailbox; an answer leaves from the one that was written to. */
  aliases: z.array(z.email().toLowerCase()).max(50).default([]),
});
export type EmailSettings = z.infer<typeof emailSettings>;

function hasCredentials(value: { password?: string | undefined; oauth2?: OAuth2Settings | undefined }): boolean {
  const { oauth2 } = value;
  const renewable =
    oauth2?.refreshToken !== undefined && oauth2.tokenUrl !== undefined && oauth2.clientId !== undefined;
  return value.password !== undefined || oauth2?.accessToken !== undefined || renewable;
}
