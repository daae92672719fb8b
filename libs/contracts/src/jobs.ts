import { z } from 'zod';
import { isId } from './ids.js';

/**
 * All traffic between processes on one page. A job carries an id and nothing else: PostgreSQL is the truth, the
 * queue only says where to look, so losing every job loses no work and repeating one repeats no effect.
 */
export const jobs = {
  /** The ticket stream. id: inbox row that is normalised and waits for the router. */
  inbound: 'inbound',
  /** id: queue whose waiting work items should be offered to specialists. */
  routing: 'routing',
  /** id: act on many tickets that is not ended. */
  bulk: 'bulk',
  /** id: delivery of a webhook that is due. */
  webhooks: 'webhooks',
} as const;

/** The job that tells the gateway of a channel to send an outbox row, such as `outbound.email`. */
export const outboundJob = (channel: string): string => `outbound.${channel}`;

/** The job that has settings of a channel tried by the process that serves it, such as `check.email`. id: trial. */
export const checkJob = (channel: string): string => `check.${channel}`;

/** Version of the payload below; a worker leaves versions it does not know to newer workers. */
export const jobVersion = 1;

export const jobPayload = z.object({ v: z.literal(jobVersion), id: z.string().refine(isId) }).strict();
export type JobPayload = z.infer<typeof jobPayload>;
