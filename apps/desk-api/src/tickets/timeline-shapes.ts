import { deliveryStates } from '#libs/contracts';
import { z } from 'zod';
import { pageQuery } from '../pages/cursor.js';
import { dateShape, idShape } from '../pages/shapes.js';
import { ticketShape } from './ticket-shapes.js';

export const attachmentShape = z.object({
  id: idShape,
  name: z.string(),
  mediaType: z.string(),
  bytes: z.number().int(),
  /** Why the bytes are not here. */
  missing: z.string().nullable(),
});

export const deliveryShape = z.object({
  state: z.enum(deliveryStates),
  channel: z.string(),
  reasonCode: z.string().nullable(),
  reason: z.string().nullable(),
  nextAt: dateShape.nullable(),
  sentAt: dateShape.nullable(),
});

const callShape = z.object({
  phone: z.string().nullable(),
  extension: z.string().nullable(),
  phoneAsGiven: z.string(),
  direction: z.enum(['in', 'out']),
  medium: z.string(),
  startedAt: dateShape,
  endedAt: dateShape.nullable(),
  resolved: z.boolean(),
});

/** One entry of a ticket's timeline: a message of either side, a call, or a note that only the desk sees. */
export const messageShape = z
  .object({
    id: idShape,
    ticketId: idShape,
    type: z.enum(['inbound', 'reply', 'note', 'call', 'acknowledgement']),
    channel: z.string(),
    author: z.object({
      type: z.enum(['requester', 'participant', 'person', 'program', 'desk']),
      id: idShape.nullable(),
      name: z.string().nullable(),
      address: z.string().nullable(),
    }),
    subject: z.string().nullable(),
    text: z.string(),
    fullText: z.string().nullable(),
    /** An HTML body came too; it is part of the original. */
    hasHtml: z.boolean(),
    hasOriginal: z.boolean(),
    others: z.array(z.string()),
    automatic: z.string().nullable(),
    flags: z.array(z.string()),
    attachments: z.array(attachmentShape),
    /** How sending went; null for what is not sent. */
    delivery: deliveryShape.nullable(),
    call: callShape.nullable(),
    sentAt: dateShape.nullable(),
    createdAt: dateShape,
    editedAt: dateShape.nullable(),
    version: z.number().int(),
  })
  .meta({ id: 'Message' });

export const replyAnswer = z.object({ message: messageShape, delivery: deliveryShape, ticket: ticketShape });

export const decisionShape = z
  .object({
    id: idShape,
    at: dateShape,
    step: z.enum(['thread', 'rules', 'assignment', 'acknowledgement', 'move']),
    inboxId: idShape.nullable(),
    workItemId: idShape.nullable(),
    outcome: z.string(),
    reason: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Decision' });

export const uploadShape = z
  .object({ upload: z.string(), name: z.string(), mediaType: z.string(), bytes: z.number().int() })
  .meta({ id: 'Upload' });

export const messagesQuery = z.strictObject({ ...pageQuery, order: z.enum(['asc', 'desc']).default('asc') });
export const decisionsQuery = z.strictObject(pageQuery);
