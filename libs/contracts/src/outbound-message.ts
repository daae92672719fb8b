import { z } from 'zod';

/** What every channel must be able to send; stored in `outbox.message`, complete in itself. */
export const outboundMessage = z.object({
  v: z.literal(1),
  /** Mail address or chat id. */
  to: z.string().min(1).max(320),
  /** Our address that the requester wrote to, kept as From. */
  from: z.string().max(320).optional(),
  subject: z.string().max(998).optional(),
  /** Markdown subset: paragraphs, emphasis, strong, code, lists, links, quotes. No HTML. */
  text: z.string(),
  /**
   * Sealed by `Secrets`; takes the place of `text` when the item is sent. For what lets somebody in (a link to set a
   * password): it must not be read in the database, nor in a copy of it. Never split.
   */
  sealedText: z.string().optional(),
  attachments: z
    .array(
      z.object({
        name: z.string().max(255),
        mediaType: z.string().max(127),
        bytes: z.number().int().nonnegative(),
        content: z.string(),
      }),
    )
    .max(50)
    .default([]),
  /** Ids of earlier messages of the thread, oldest first; the last is the one answered. */
  references: z.array(z.string().max(998)).default([]),
  /** Written by the desk itself: carries the RFC 3834 signs and never asks for an answer. */
  automatic: z.boolean().default(false),
  /** Empty where the item belongs to no ticket. */
  ticketNumber: z.string().default(''),
  /** Signed tag of the ticket: what a channel may put into a reply address (`support+TAG@…`). */
  replyTag: z.string().max(128).optional(),
  locale: z.enum(['ru', 'en']),
});
export type OutboundMessage = z.infer<typeof outboundMessage>;

/** The ends and stations of an outbox row. */
export const deliveryStates = ['queued', 'sending', 'verifying', 'sent', 'failed', 'unknown'] as const;
export type DeliveryState = (typeof deliveryStates)[number];
