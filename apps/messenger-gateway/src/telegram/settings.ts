import { z } from 'zod';

const secret = { secret: true };

/** What an account of the channel needs: one bot. */
export const telegramSettings = z
  .object({
    /** As @BotFather gave it. */
    token: z
      .string()
      .regex(/^\d+:[\w-]{20,}$/)
      .meta(secret),
    /** Server of the Bot API; a local one lives inside one's own network. */
    apiRoot: z.url({ protocol: /^https?$/ }).default('https://api.telegram.org'),
    /** `http`, `https`, `socks4` or `socks5` address, with name and password where the proxy wants them. */
    proxy: z
      .url({ protocol: /^(https?|socks[45])$/ })
      .optional()
      .meta(secret),
    /** `polling` needs no address of our own; `webhook` needs a public HTTPS one and a secret. */
    mode: z.enum(['polling', 'webhook']).default('polling'),
    /** Where Telegram reaches the desk, if it is not the desk's own PUBLIC_URL. */
    publicUrl: z.url({ protocol: /^https?$/ }).optional(),
    /** Telegram shows it with every call; 32 random characters are plenty. */
    webhookSecret: z
      .string()
      .regex(/^[\w-]{16,256}$/)
      .optional()
      .meta(secret),
  })
  .refine(({ mode, webhookSecret }) => mode !== 'webhook' || webhookSecret !== undefined, {
    path: ['webhookSecret'],
    message: 'fault.webhookSecret',
  })
  // The same rule for whoever has the JSON Schema alone.
  .meta({
    anyOf: [
      { type: 'object', properties: { mode: { const: 'polling' } } },
      {
        type: 'object',
        properties: { mode: { const: 'webhook' }, webhookSecret: { type: 'string' } },
        required: ['mode', 'webhookSecret'],
      },
    ],
  });
export type TelegramSettings = z.output<typeof telegramSettings>;
