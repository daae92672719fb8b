import { listOrders, viewColumns } from '#libs/tickets';
import { z } from 'zod';
import { idShape, oneLine } from '../pages/shapes.js';
import { keptFilter } from '../tickets/filter-shapes.js';
import { plainText } from '../tickets/ticket-shapes.js';

const name = plainText(100).overwrite(oneLine).min(1);
const localText = z.object({ ru: z.string(), en: z.string() });

/** A view as the API tells it. */
export const viewShape = z
  .object({
    id: idShape,
    /** Of the desk's own set: `my-work`, `unassigned`, `waiting`, `open`, `closed`; null for all others. */
    key: z.string().nullable(),
    title: localText,
    /** Everybody sees it. */
    shared: z.boolean(),
    /** Whether the caller may change it. */
    mayChange: z.boolean(),
    filter: keptFilter,
    order: z.enum(listOrders),
    columns: z.array(z.enum(viewColumns)),
    position: z.number().int(),
    version: z.number().int(),
  })
  .meta({ id: 'View' });

const fields = {
  /** One text for both languages, or one for each. */
  title: z.union([name.transform((text) => ({ ru: text, en: text })), z.strictObject({ ru: name, en: name })]),
  filter: keptFilter,
  order: z.enum(listOrders),
  columns: z
    .array(z.enum(viewColumns))
    .min(1)
    .max(viewColumns.length)
    .refine((columns) => new Set(columns).size === columns.length, 'fault.givenTwice'),
  shared: z.boolean(),
};

export const newView = z.strictObject({
  title: fields.title,
  filter: fields.filter.default({}),
  order: fields.order.default('latest'),
  columns: fields.columns.default(['number', 'subject', 'requester', 'state', 'assignee', 'updated']),
  shared: fields.shared.default(false),
});

export const viewChange = z
  .strictObject({
    title: fields.title.optional(),
    filter: fields.filter.optional(),
    order: fields.order.optional(),
    columns: fields.columns.optional(),
    shared: fields.shared.optional(),
    /** Those that stand there or behind stand one further. */
    position: z.number().int().min(1).max(10_000).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'fault.nothingToChange');

export const viewCountShape = z
  .object({
    id: idShape,
    /** Null where the view is not for the caller to count: a key has no work of its own. */
    count: z.number().int().nullable(),
    /** There are more than `count`. */
    more: z.boolean(),
  })
  .meta({ id: 'ViewCount' });
