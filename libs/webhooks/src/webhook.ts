import { eventTypes } from '#libs/contracts';

/** What an endpoint may listen to. */
export const webhookEvents = ['*', ...eventTypes] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Type of the delivery that only tries an endpoint. */
export const testType = 'webhook.test';

/** Why an endpoint was switched off by the desk. */
export type OffReason = 'failing' | 'gone';

/** Who made an endpoint: what they may not read is never sent there. */
export interface WebhookOwner {
  readonly type: 'person' | 'program';
  readonly id: string;
}

/** Where another program is told what happens. */
export interface WebhookEndpoint {
  readonly id: string;
  readonly url: string;
  readonly description: string;
  readonly events: readonly string[];
  readonly withTicket: boolean;
  readonly owner: WebhookOwner;
  readonly enabled: boolean;
  readonly offReason: OffReason | null;
  readonly failingSince: Date | null;
  readonly previousUntil: Date | null;
  readonly archivedAt: Date | null;
  readonly createdAt: Date;
  readonly version: number;
}

export const deliveryStates = ['waiting', 'delivered', 'failed'] as const;
export type WebhookDeliveryState = (typeof deliveryStates)[number];

/** One event on its way to one endpoint. */
export interface WebhookDelivery {
  readonly id: string;
  readonly endpointId: string;
  readonly messageId: string;
  readonly eventId: string | null;
  readonly type: string;
  readonly at: Date;
  readonly data: Readonly<Record<string, unknown>>;
  readonly state: WebhookDeliveryState;
  readonly attempts: number;
  readonly nextAt: Date;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
  /** Of the last attempt. */
  readonly status: number | null;
  readonly reason: string | null;
}

/** One time that a delivery was tried. */
export interface WebhookAttempt {
  readonly number: number;
  readonly at: Date;
  readonly status: number | null;
  readonly reason: string | null;
  /** First bytes of the answer. */
  readonly response: string | null;
  readonly tookMs: number;
}
