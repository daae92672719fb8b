import { z } from 'zod';
import { dateShape, idShape, oneLine } from '../pages/shapes.js';
import { moment, plainText, taskShape, ticketShape } from '../tickets/ticket-shapes.js';
import { pageQuery } from '../pages/cursor.js';

export const callBody = z
  .strictObject({
    /** As it is written or signalled: `8 (912) 345-67-89 доб. 12`, `tel:+79123456789;ext=12`, `101`, `anonymous`. */
    phone: plainText(64).trim().min(1),
    direction: z.enum(['in', 'out']),
    text: plainText(100_000).trim(),
    name: plainText(300).overwrite(oneLine).min(1).optional(),
    kind: z.string().min(1).max(64).optional(),
    /** The place of a consultation that was held elsewhere. */
    medium: z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,31}$/)
      .optional(),
    resolved: z.boolean().default(false),
    /** What was done, where it was resolved. */
    outcome: plainText(2000).trim().min(1).optional(),
    startedAt: moment.optional(),
    endedAt: moment.optional(),
    ticketId: idShape.optional(),
    callBack: z.strictObject({ dueAt: moment, note: plainText(2000).default('') }).optional(),
  })
  .refine(({ text, resolved }) => text !== '' || resolved, {
    path: ['text'],
    error: 'fault.callText',
  })
  .refine(({ startedAt, endedAt }) => !startedAt || !endedAt || startedAt <= endedAt, {
    path: ['endedAt'],
    error: 'fault.callEndsFirst',
  });

export const lookupBody = z.strictObject({ phone: plainText(64).trim().min(1) });

export const lookupShape = z.object({
  number: z.object({
    kind: z.enum(['public', 'internal', 'anonymous']),
    phone: z.string().nullable(),
    extension: z.string().nullable(),
  }),
  requesters: z.array(z.object({ id: idShape, name: z.string().nullable(), tickets: z.array(ticketShape) })),
});

export const tasksQuery = z.strictObject({ limit: pageQuery.limit, until: moment.optional() });
export const tasksShape = z.object({ items: z.array(taskShape), next: z.null() });
export const doneShape = taskShape.extend({ doneAt: dateShape });
