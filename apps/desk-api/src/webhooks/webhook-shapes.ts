import type { Locale } from '#libs/contracts';
import { text } from '#libs/platform';
import {
  deliveryStates,
  type PostTrouble,
  type WebhookAttempt,
  type WebhookDelivery,
  type WebhookEndpoint,
  webhookEvents,
} from '#libs/webhooks';
import { z } from 'zod';
import { pageQuery } from '../pages/cursor.js';
import { dateShape, idShape, oneLine } from '../pages/shapes.js';
import { moment } from '../tickets/ticket-shapes.js';

const url = z.string().min(1).max(2000);
const description = z.string().transform(oneLine).pipe(z.string().max(200));
const events = z
  .array(z.enum(webhookEvents))
  .min(1)
  .max(webhookEvents.length)
  .transform((list) => [...new Set(list)]);

export const newWebhook = z.strictObject({
  url,
  description: description.default(''),
  events,
  /** The ticket itself in what is delivered, not only its id: personal data leave the desk. */
  withTicket: z.boolean().default(false),
  enabled: z.boolean().default(true),
});
export const webhookChange = z
  .strictObject({
    url: url.optional(),
    description: description.optional(),
    events: events.optional(),
    withTicket: z.boolean().optional(),
    enabled: z.boolean().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'fault.nothingToChange');
export const rotation = z.strictObject({
  /** How long the old secret signs, too. */
  overlapHours: z.number().int().min(0).max(168).default(24),
});
export const deliveriesQuery = z.strictObject({ ...pageQuery, state: z.enum(deliveryStates).optional() });

const longestBackMs = 14 * 86_400_000;
export const replayBody = z.strictObject({
  since: moment.refine((at) => Date.now() - at.getTime() <= longestBackMs, 'fault.twoWeeks'),
  until: moment.optional(),
});

const ownerShape = z.object({ type: z.enum(['person', 'program']), id: idShape });
export const webhookShape = z
  .object({
    id: idShape,
    url: z.string(),
    description: z.string(),
    events: z.array(z.string()),
    withTicket: z.boolean(),
    /** Who answers for it: what they may not read is not sent. */
    owner: ownerShape,
    enabled: z.boolean(),
    /** Why the desk switched it off by itself. */
    offReason: z.enum(['failing', 'gone']).nullable(),
    failingSince: dateShape.nullable(),
    /** Until when the secret before the present one signs, too. */
    previousUntil: dateShape.nullable(),
    createdAt: dateShape,
    version: z.number().int(),
  })
  .meta({ id: 'Webhook' });
export const issuedWebhookShape = webhookShape.extend({ secret: z.string() }).meta({ id: 'IssuedWebhook' });
export const webhooksShape = z.object({
  items: z.array(webhookShape),
  /** What an endpoint may listen to. */
  eventTypes: z.array(z.string()),
  next: z.null(),
});

const reasonShape = z.object({ code: z.string(), text: z.string() }).nullable();
export const deliveryShape = z
  .object({
    id: idShape,
    /** `webhook-id` of the request. */
    messageId: z.string(),
    type: z.string(),
    at: dateShape,
    data: z.record(z.string(), z.unknown()),
    state: z.enum(deliveryStates),
    attempts: z.number().int(),
    nextAt: dateShape.nullable(),
    doneAt: dateShape.nullable(),
    /** Of the last attempt. */
    status: z.number().int().nullable(),
    reason: reasonShape,
  })
  .meta({ id: 'WebhookDelivery' });
export const deliveryCardShape = deliveryShape
  .extend({
    tries: z.array(
      z.object({
        number: z.number().int(),
        at: dateShape,
        status: z.number().int().nullable(),
        reason: reasonShape,
        response: z.string().nullable(),
        tookMs: z.number().int(),
      }),
    ),
  })
  .meta({ id: 'WebhookDeliveryCard' });

export const webhookView = ({ archivedAt: _, ...endpoint }: WebhookEndpoint) => endpoint;

const reasonOf = (locale: Locale, code: string | null) =>
  code === null ? null : { code, text: text(locale, `webhook.${code as PostTrouble}`) };

export function deliveryView(delivery: WebhookDelivery, locale: Locale) {
  const { id, messageId, type, at, data, state, attempts, nextAt, doneAt, status, reason } = delivery;
  const next = state === 'waiting' ? nextAt : null;
  const why = state === 'delivered' ? null : reasonOf(locale, reason);
  return { id, messageId, type, at, data, state, attempts, nextAt: next, doneAt, status, reason: why };
}

export const attemptView = ({ reason, ...attempt }: WebhookAttempt, locale: Locale) => ({
  ...attempt,
  reason: reasonOf(locale, reason),
});
