import { locales } from '#libs/contracts';
import { afterReply, ticketMoves, ticketStates } from '#libs/tickets';
import { z } from 'zod';
import { dateShape, idShape, oneLine } from '../pages/shapes.js';

const localText = z.object({ ru: z.string(), en: z.string() });
const named = z.object({ id: idShape, name: z.string().nullable() });

/** A ticket as lists and moves answer it. */
export const ticketShape = z
  .object({
    id: idShape,
    number: z.string(),
    subject: z.string(),
    state: z.enum(ticketStates),
    queue: z.object({ id: idShape, key: z.string(), title: localText }),
    kind: z.object({ key: z.string(), title: localText }).nullable(),
    priority: z.number().int(),
    requester: named,
    assignee: named.nullable(),
    channel: z.string(),
    locale: z.enum(locales),
    outcome: z.string().nullable(),
    mergedInto: idShape.nullable(),
    createdAt: dateShape,
    updatedAt: dateShape,
    firstRepliedAt: dateShape.nullable(),
    closedAt: dateShape.nullable(),
    /** Since when the requester waits for the desk; null on the requester's turn. */
    waitingSince: dateShape.nullable(),
    version: z.number().int(),
    slaClocks: z.array(z.object({})),
  })
  .meta({ id: 'Ticket' });

export const addressShape = z.object({
  kind: z.string(),
  value: z.string(),
  proof: z.enum(['none', 'wrote', 'signed', 'code']),
  unreachable: z.boolean(),
});

export const taskShape = z
  .object({
    id: idShape,
    ticketId: idShape,
    type: z.enum(['call-back']),
    phone: z.string().nullable(),
    note: z.string(),
    dueAt: dateShape,
    doneAt: dateShape.nullable(),
    doneBy: idShape.nullable(),
    createdBy: idShape.nullable(),
    createdAt: dateShape,
  })
  .meta({ id: 'Task' });

/** A ticket with all that its page shows besides the timeline. */
export const ticketCardShape = ticketShape
  .extend({
    requester: named.extend({ locale: z.enum(locales).nullable(), addresses: z.array(addressShape) }),
    /** Channels by which an answer can go; `form`: it is read on the requester's page. */
    replyChannels: z.array(z.string()),
    tasks: z.array(taskShape),
    moves: z.array(z.enum(ticketMoves)),
  })
  .meta({ id: 'TicketCard' });

/** Text of people: PostgreSQL can't hold NUL, and nobody means it. */
export const plainText = (most: number) =>
  z
    .string()
    .max(most)
    .refine((text) => !text.includes('\0'), 'fault.nul');

/** A time of a caller, with its offset. */
export const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text));

export const ticketChange = z
  .strictObject({
    subject: plainText(998).overwrite(oneLine).min(1).optional(),
    kind: z.string().min(1).max(64).nullable().optional(),
    queue: idShape.optional(),
    priority: z.number().int().min(-100).max(100).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'fault.nothingToChange');

const inlineFile = z.strictObject({
  name: plainText(255).min(1),
  mediaType: z.string().regex(/^[\w.+-]{1,60}\/[\w.+-]{1,60}$/),
  base64: z.base64(),
});
const uploadedFile = z.strictObject({ upload: z.string().min(1).max(4096) });
export const replyFiles = z.array(z.union([uploadedFile, inlineFile])).max(50);

export const replyBody = z
  .strictObject({
    text: plainText(200_000).default(''),
    channel: z.string().min(1).max(32).optional(),
    attachments: replyFiles.default([]),
    then: z.enum(afterReply).default('pending'),
    /** The newest message that the author had read. */
    basedOn: idShape.optional(),
  })
  .refine(({ text, attachments }) => text.trim() !== '' || attachments.length > 0, {
    path: ['text'],
    error: 'fault.textOrFile',
  });
export const noteBody = z.strictObject({
  text: plainText(200_000).refine((text) => text.trim() !== '', 'fault.nothingWritten'),
});
export const assignBody = z.strictObject({ specialistId: idShape, force: z.boolean().default(false) });
export const closeBody = z.strictObject({ outcome: plainText(2000).optional() });
export const mergeBody = z.strictObject({ into: idShape, force: z.boolean().default(false) });
export const splitBody = z.strictObject({ messageId: idShape, follow: z.boolean().default(false) });
/** Moves that need nothing said may come without a body. */
export const noBody = z.strictObject({}).nullish();
