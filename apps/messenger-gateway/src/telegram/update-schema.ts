import { z } from 'zod';

/**
 * The part of a Bot API update that the desk reads. Everything else is let through unread: Telegram adds fields
 * with every release, and the raw bytes are kept anyway.
 */
const entity = z.object({
  type: z.string(),
  offset: z.number().int().nonnegative(),
  length: z.number().int().nonnegative(),
  url: z.string().optional(),
});
export type TextEntity = z.infer<typeof entity>;

const user = z.object({
  id: z.number().int(),
  is_bot: z.boolean().default(false),
  first_name: z.string().default(''),
  last_name: z.string().optional(),
  language_code: z.string().optional(),
});
export type TelegramUser = z.infer<typeof user>;

const chat = z.object({ id: z.number().int(), type: z.string() });

const file = z.object({
  file_id: z.string(),
  file_size: z.number().int().nonnegative().optional(),
  file_name: z.string().optional(),
  mime_type: z.string().optional(),
});
export type TelegramFile = z.infer<typeof file>;

const location = z.object({ latitude: z.number(), longitude: z.number() });

/** What a message may carry, apart from who wrote it where. */
const content = z.object({
  text: z.string().optional(),
  entities: z.array(entity).optional(),
  caption: z.string().optional(),
  caption_entities: z.array(entity).optional(),
  photo: z.array(file.extend({ width: z.number(), height: z.number() })).optional(),
  document: file.optional(),
  voice: file.optional(),
  audio: file.optional(),
  video: file.optional(),
  animation: file.optional(),
  video_note: file.optional(),
  sticker: z.object({ emoji: z.string().optional() }).optional(),
  dice: z.object({ emoji: z.string(), value: z.number() }).optional(),
  location: location.optional(),
  venue: z.object({ location, title: z.string(), address: z.string() }).optional(),
  contact: z
    .object({
      phone_number: z.string(),
      first_name: z.string().default(''),
      last_name: z.string().optional(),
      user_id: z.number().int().optional(),
    })
    .optional(),
  poll: z.object({ question: z.string(), options: z.array(z.object({ text: z.string() })) }).optional(),
});
export type MessageContent = z.infer<typeof content>;

/** Loose, because a service message is told by a field that we do not read. */
const message = content.loose().extend({
  message_id: z.number().int(),
  date: z.number().int(),
  edit_date: z.number().int().optional(),
  chat,
  from: user.optional(),
  via_bot: user.optional(),
  media_group_id: z.string().optional(),
  reply_to_message: z
    .object({ message_id: z.number().int(), media_group_id: z.string().optional(), from: user.optional() })
    .optional(),
});
export type TelegramMessage = z.infer<typeof message>;

const memberChange = z.object({
  chat,
  from: user,
  date: z.number().int(),
  new_chat_member: z.object({ status: z.string() }),
});
export type MemberChange = z.infer<typeof memberChange>;

export const telegramUpdate = z.object({
  update_id: z.number().int(),
  message: message.optional(),
  edited_message: message.optional(),
  my_chat_member: memberChange.optional(),
});
export type TelegramUpdate = z.infer<typeof telegramUpdate>;

/** The kinds of update that are asked for; each has its reader in `telegram-update.ts`. */
export const readUpdates = ['message', 'edited_message', 'my_chat_member'] as const;
