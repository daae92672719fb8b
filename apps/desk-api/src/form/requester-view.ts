import type { Attachment, Ticket, TimelineEntry } from '#libs/tickets';
import { z } from 'zod';
import { dateShape, idShape } from '../pages/shapes.js';

/** A request as its requester sees it: never a note, a name of another requester, or where it is worked on. */
export const requestShape = z
  .object({
    id: idShape,
    number: z.string(),
    subject: z.string(),
    state: z.enum(['waiting', 'open', 'pending', 'closed']),
    kind: z.string().nullable(),
    createdAt: dateShape,
    updatedAt: dateShape,
    closedAt: dateShape.nullable(),
  })
  .meta({ id: 'OwnRequest' });

export const requestMessageShape = z.object({
  id: idShape,
  from: z.enum(['requester', 'desk']),
  author: z.string().nullable(),
  text: z.string(),
  createdAt: dateShape,
  attachments: z.array(
    z.object({ id: idShape, name: z.string(), mediaType: z.string(), bytes: z.number().int(), available: z.boolean() }),
  ),
});

export const requestWithMessagesShape = requestShape
  .extend({ messages: z.array(requestMessageShape) })
  .meta({ id: 'OwnRequestWithMessages' });

export const requestView = ({ id, number, subject, state, kind, createdAt, updatedAt, closedAt }: Ticket) => ({
  id,
  number,
  subject,
  state,
  kind,
  createdAt,
  updatedAt,
  closedAt,
});

const shownTypes: readonly TimelineEntry['type'][] = ['inbound', 'reply', 'acknowledgement'];

/** Whether an entry of the timeline was said between the requester and the desk. Everything else stays inside. */
export const isShown = ({ type, authorType }: TimelineEntry): boolean =>
  shownTypes.includes(type) && (type !== 'inbound' || authorType === 'requester');

/** Programs speak as the desk: the name of a key is nobody's business outside. */
const authorOf = ({ authorType, authorName }: TimelineEntry, deskName: string): string | null =>
  authorType === 'program' || authorType === 'desk' ? deskName : authorName;

export const messageView = (entry: TimelineEntry, attachments: readonly Attachment[], deskName: string) => ({
  id: entry.id,
  from: entry.type === 'inbound' ? ('requester' as const) : ('desk' as const),
  author: authorOf(entry, deskName),
  text: entry.text,
  createdAt: entry.createdAt,
  attachments: attachments
    .filter(({ messageId }) => messageId === entry.id)
    .map(({ id, name, mediaType, bytes, content }) => ({
      id,
      name,
      mediaType,
      bytes: Number(bytes),
      available: content !== null,
    })),
});
