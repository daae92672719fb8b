import { errorCodes } from '#libs/contracts';
import { bulkStates, bulkTicketStates, mostBulkTickets, ticketActs, type TicketAct } from '#libs/routing';
import { listOrders } from '#libs/tickets';
import { z } from 'zod';
import { dateShape, idShape } from '../pages/shapes.js';
import { ticketFilter } from '../tickets/filter-shapes.js';
import { plainText } from '../tickets/ticket-shapes.js';

/** Which tickets: by name, or all that a filter matches when the wish comes. */
const which = {
  ids: z.array(idShape).min(1).max(mostBulkTickets).optional(),
  filter: ticketFilter.refine((filter) => Object.keys(filter).length > 0, 'fault.noFilter').optional(),
  /** Of the list that the filter is from: `waiting` leaves out what waits for nothing. */
  order: z.enum(listOrders).default('latest'),
};

/** What is done with each, as with one alone. */
const acts = {
  assign: { specialistId: idShape, force: z.boolean().default(false) },
  release: {},
  close: { outcome: plainText(2000).optional() },
  reopen: {},
  move: { queue: idShape },
  kind: { kind: plainText(64).min(1).nullable() },
  priority: { priority: z.number().int().min(-100).max(100) },
};

const wish = <Act extends string, Shape extends z.ZodRawShape>(act: Act, shape: Shape) =>
  z.strictObject({ act: z.literal(act), ...shape, ...which });

export const bulkBody = z
  .discriminatedUnion('act', [
    wish('assign', acts.assign),
    wish('release', acts.release),
    wish('close', acts.close),
    wish('reopen', acts.reopen),
    wish('move', acts.move),
    wish('kind', acts.kind),
    wish('priority', acts.priority),
  ])
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    path: ['ids'],
    error: 'fault.idsOrFilter',
  });
export type BulkBody = z.output<typeof bulkBody>;

/** The act of a wish, without the tickets. */
export function actOf({ ids: _ids, filter: _filter, order: _order, ...act }: BulkBody): TicketAct {
  return act.act === 'close' ? { act: 'close', outcome: act.outcome ?? null } : act;
}

/** An act on many tickets, and how far it came. */
export const bulkShape = z
  .object({
    id: idShape,
    act: z.looseObject({ act: z.enum(ticketActs) }),
    by: z.object({ type: z.enum(['person', 'program']), id: idShape, name: z.string() }),
    state: z.enum(bulkStates),
    total: z.number().int(),
    done: z.number().int(),
    skipped: z.number().int(),
    failed: z.number().int(),
    createdAt: dateShape,
    endedAt: dateShape.nullable(),
  })
  .meta({ id: 'BulkAct' });

export const bulkTicketShape = z
  .object({
    ticket: z.object({ id: idShape, number: z.string(), subject: z.string() }),
    state: z.enum(bulkTicketStates),
    reason: z
      .object({
        code: z.enum(errorCodes),
        /** In the reader's language. */
        text: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'BulkTicket' });

export const bulkTicketsQuery = {
  /** Several by comma; all that ended otherwise than done without it. */
  state: z
    .string()
    .max(100)
    .default('skipped,failed')
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(bulkTicketStates)).min(1).max(bulkTicketStates.length)),
};
