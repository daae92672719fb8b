import { z } from 'zod';

/**
 * What every channel must produce from the raw bytes of one inbound item, and the only thing the router knows
 * of a channel. Stored in `inbox.message` between normalising and routing.
 */

/** How sure we are that `value` belongs to whoever wrote. Merging people needs `signed` or `code`. */
export const addressProof = z.enum(['none', 'wrote', 'signed', 'code']);
export type AddressProof = z.infer<typeof addressProof>;

/** One address of a person. `kind` names the address space: `email`, `phone`, `telegram`, `platform`, … */
export const personAddress = z.object({
  kind: z.string().min(1).max(32),
  /** Normalised: lower-case mail address, E.164 number, decimal chat id, platform user id. */
  value: z.string().min(1).max(320),
  proof: addressProof,
});
export type PersonAddress = z.infer<typeof personAddress>;

export const inboundAttachment = z.object({
  name: z.string().max(255),
  mediaType: z.string().max(127),
  bytes: z.number().int().nonnegative(),
  /** Key in the content store; absent when the bytes are not here, and `missing` then says why. */
  content: z.string().optional(),
  missing: z.enum(['too-large', 'too-many', 'unavailable']).optional(),
  /** The provider's id by which the host can still fetch the bytes (a Telegram file id). */
  remote: z.string().max(512).optional(),
  /** Content-ID of an inline image, without angle brackets. */
  inlineId: z.string().max(255).optional(),
});
export type InboundAttachment = z.infer<typeof inboundAttachment>;

/** What the sender's program says about the thread. Claims only: the router decides what to believe. */
export const threadClues = z.object({
  /** Ids (Message-IDs without angle brackets, `chat:message` of a messenger), nearest first. */
  references: z.array(z.string().max(998)).max(100).default([]),
  /** Tag of our own plus-address the item was written to (`support+TAG@…` gives `TAG`). */
  plusTag: z.string().max(128).optional(),
  /** Ticket numbers found in the subject, in order. */
  subjectNumbers: z.array(z.string().max(18)).max(5).default([]),
  /** Messengers: the conversation the item stands in; the latest open ticket in it is a candidate. */
  conversation: z.string().max(128).optional(),
  /** Messengers: items with one group key are parts of one message (album). */
  group: z.string().max(128).optional(),
  /** A ticket the sender holds a valid secret for (form token): trusted, unlike the others. */
  provenTicket: z.string().optional(),
});
export type ThreadClues = z.infer<typeof threadClues>;

/**
 * Why nothing answers an item automatically: no person wrote it at that moment, or (`list`, `bulk`) it came in a way
 * in which answers of programs are not wanted. The latter may be a person's question and is taken as one.
 */
export const automaticKind = z.enum(['auto-reply', 'bounce', 'receipt', 'list', 'bulk', 'system', 'loop']);
export type AutomaticKind = z.infer<typeof automaticKind>;

/** A report about something that we sent (a bounce, "bot was blocked"). */
export const deliveryReport = z.object({
  /** Our own external id as the report quotes it. */
  externalId: z.string().optional(),
  recipient: z.string().optional(),
  outcome: z.enum(['delivered', 'delayed', 'failed']),
  /** Enhanced status or the provider's code, such as `5.1.1`. */
  status: z.string().max(64).optional(),
  detail: z.string().max(1000).optional(),
});
export type DeliveryReport = z.infer<typeof deliveryReport>;

/** Facts of a call that was logged by a person or told by a telephone exchange; `text` is then the note on the call. */
export const loggedCall = z.object({
  /** E.164 of a public number, the short number of an internal one; absent when the caller hid it. */
  phone: z.string().max(32).optional(),
  extension: z.string().max(16).optional(),
  /** As it was typed or signalled. */
  phoneAsGiven: z.string().max(64),
  direction: z.enum(['in', 'out']),
  /** `phone`, or the place of a voice or video consultation held elsewhere. */
  medium: z.string().max(32).default('phone'),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  /** Nothing is left to do: the ticket is closed with `outcome` and no work item is opened. */
  resolved: z.boolean().default(false),
  outcome: z.string().max(2000).optional(),
  /** Person who logged it; absent for a program. */
  loggedBy: z.string().optional(),
  /** Promised on the call: becomes a task of the ticket. */
  callBack: z.object({ dueAt: z.string(), note: z.string().max(2000).default('') }).optional(),
});
export type LoggedCall = z.infer<typeof loggedCall>;

export const inboundMessage = z.object({
  v: z.literal(1),
  /** `message` opens or continues a ticket, `edit` changes one, `command` asks the bot, `report` is about our own. */
  type: z.enum(['message', 'edit', 'command', 'report']),
  /** The provider's id of the item: Message-ID without angle brackets, `chat:message`, form request key. */
  externalId: z.string().max(998),
  sender: z.object({
    addresses: z.array(personAddress).max(5),
    name: z.string().max(300).optional(),
    locale: z.enum(['ru', 'en']).optional(),
  }),
  /** Where an answer goes: a mail address, a chat id. Empty when the item can't be answered. */
  replyTo: z.string().max(320),
  /** Which of our addresses was written to; becomes the From of the answer. */
  writtenTo: z.string().max(320).optional(),
  /** Other people named in To and Cc, normalised; shown, not trusted. */
  others: z.array(z.string().max(320)).max(200).default([]),
  subject: z.string().max(998).default(''),
  /** The whole text, NUL-free and well-formed. */
  text: z.string(),
  /** The new part of `text` without quotes and signature, where it differs. */
  visibleText: z.string().optional(),
  /** Content store key of the HTML body as received; hostile until sanitised. */
  html: z.string().optional(),
  attachments: z.array(inboundAttachment).max(500).default([]),
  thread: threadClues,
  automatic: automaticKind.optional(),
  report: deliveryReport.optional(),
  command: z.object({ name: z.string().max(32), argument: z.string().max(256) }).optional(),
  /** Present when the item is a logged call. */
  call: loggedCall.optional(),
  /** The kind of request the sender chose (form), by key. */
  requestKind: z.string().max(64).optional(),
  /** Remarks for the reader: `malformed`, `header-cut`, `sender-not-verified`, `unreadable`, … */
  flags: z.array(z.string().max(64)).max(20).default([]),
  /** When the sender says it was sent, ISO 8601 UTC. */
  sentAt: z.string().optional(),
});
export type InboundMessage = z.infer<typeof inboundMessage>;
