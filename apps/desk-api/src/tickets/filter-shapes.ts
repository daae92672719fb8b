import { listOrders, ticketStates } from '#libs/tickets';
import { z } from 'zod';
import { pageQuery } from '../pages/cursor.js';
import { idShape } from '../pages/shapes.js';
import { moment, plainText } from './ticket-shapes.js';

/** What can be named several times. */
const several = {
  state: z.enum(ticketStates),
  queue: idShape,
  channel: plainText(32).min(1),
  kind: plainText(64).min(1),
};
const most = 20;

const single = <When extends z.ZodType>(when: When) => ({
  assignee: z.union([z.enum(['me', 'none']), idShape]).optional(),
  requester: idShape.optional(),
  number: idShape.optional(),
  /** Words, the beginning of a word, a number, a phone number, an address; in the wrong keyboard layout, too. */
  q: plainText(200).optional(),
  createdFrom: when.optional(),
  createdTo: when.optional(),
  updatedFrom: when.optional(),
  updatedTo: when.optional(),
});

/** Several by comma: `waiting,open`. */
const byComma = <Item extends z.ZodType<unknown, string>>(item: Item) =>
  z
    .string()
    .max(500)
    .transform((text) => text.split(','))
    .pipe(z.array(item).min(1).max(most))
    .optional();

const priorityByText = z
  .string()
  .regex(/^-?\d{1,3}$/)
  .transform(Number)
  .optional();

export const ticketsQuery = z.strictObject({
  ...pageQuery,
  ...single(moment),
  state: byComma(several.state),
  queue: byComma(several.queue),
  channel: byComma(several.channel),
  kind: byComma(several.kind),
  priority: priorityByText,
  /**
   * `latest` change first, without words; `newest` first, with words; `waiting`: only what waits for the desk, the
   * longest first.
   */
  order: z.enum(listOrders).optional(),
});
export type TicketsQuery = z.output<typeof ticketsQuery>;

const list = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(most).optional();

const filterOf = <When extends z.ZodType>(when: When) =>
  z.strictObject({
    ...single(when),
    state: list(several.state),
    queue: list(several.queue),
    channel: list(several.channel),
    kind: list(several.kind),
    priority: z.number().int().min(-999).max(999).optional(),
  });

/** The same filters in a body, with lists as lists. */
export const ticketFilter = filterOf(moment);
/** And as they are kept and told. */
export const keptFilter = filterOf(z.iso.datetime({ offset: true })).meta({ id: 'TicketFilter' });
export type KeptFilter = z.output<typeof keptFilter>;

/** Which tickets were asked for, however it was said. */
export type TicketsAsked = z.output<typeof ticketFilter>;
