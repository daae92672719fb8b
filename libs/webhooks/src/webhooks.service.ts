import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, type Db } from '#libs/database';
import { DeskError, Secrets } from '#libs/platform';
import { EventsRepository } from '#libs/queue';
import { writeSecret } from './sign.js';
import { WebhookChecks } from './webhook-checks.service.js';
import { WebhookDeliveriesRepository } from './webhook-deliveries.repository.js';
import { type EndpointChange, type NewEndpoint, WebhookEndpointsRepository } from './webhook-endpoints.repository.js';
import type { WebhookEndpoint, WebhookOwner } from './webhook.js';

/** An endpoint with its secret, which nobody can read again. */
export interface IssuedEndpoint {
  readonly endpoint: WebhookEndpoint;
  readonly secret: string;
}

/** Refuses a change of an endpoint that is another by now. */
type Guard = (endpoint: WebhookEndpoint) => void;

const newSecret = (): string => writeSecret(randomBytes(32));

/** Where other programs are told what happens, as administrators set it up. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly database: Database,
    private readonly endpoints: WebhookEndpointsRepository,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly events: EventsRepository,
    private readonly checks: WebhookChecks,
    private readonly secrets: Secrets,
  ) {}

  async create(wish: Omit<NewEndpoint, 'secret'>): Promise<IssuedEndpoint> {
    await this.checks.mustBeReachable(wish.url);
    if (wish.withTicket) await this.checks.mustMayRead(wish.owner);
    const secret = newSecret();
    const endpoint = await this.database.transaction(async (tx) => {
      await this.startListening(tx);
      const added = await this.endpoints.add(tx, { ...wish, secret: this.secrets.seal(secret) });
      await this.tell(tx, added.id);
      return added;
    });
    return { endpoint, secret };
  }

  async change(id: string, guard: Guard, change: EndpointChange, owner: WebhookOwner): Promise<WebhookEndpoint> {
    if (change.url !== undefined) await this.checks.mustBeReachable(change.url);
    return this.database.transaction(async (tx) => {
      const before = await this.held(tx, id, guard);
      if (change.withTicket ?? before.withTicket) await this.checks.mustMayRead(owner);
      if (change.enabled) await this.startListening(tx);
      const changed = await this.endpoints.change(tx, id, change, owner);
      if (!changed.enabled) await this.deliveries.failWaiting(tx, [id]);
      await this.tell(tx, id);
      return changed;
    });
  }

  /** A new secret; the old one signs, too, for as long as the receiver needs to change it. */
  async rotate(id: string, guard: Guard, overlapHours: number): Promise<IssuedEndpoint> {
    const secret = newSecret();
    const endpoint = await this.database.transaction(async (tx) => {
      await this.held(tx, id, guard);
      const rotated = await this.endpoints.rotate(tx, id, this.secrets.seal(secret), overlapHours);
      await this.tell(tx, id);
      return rotated;
    });
    return { endpoint, secret };
  }

  /** Ends an endpoint; what was delivered to it can be read for as long as deliveries are kept. */
  async archive(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      await this.held(tx, id, () => undefined);
      await this.endpoints.archive(tx, id);
      await this.deliveries.failWaiting(tx, [id]);
      await this.tell(tx, id);
    });
  }

  private async held(tx: Db, id: string, guard: Guard): Promise<WebhookEndpoint> {
    const endpoint = await this.endpoints.lock(tx, id);
    if (!endpoint) throw new DeskError('not_found');
    guard(endpoint);
    return endpoint;
  }

  /** While nobody listened the stream was not read: whoever comes first begins where it ends now. */
  private async startListening(tx: Db): Promise<void> {
    await this.deliveries.lockCursor(tx, { wait: true });
    if (!(await this.endpoints.anyListens(tx))) await this.deliveries.moveCursor(tx, await this.events.lastId(tx));
  }

  private tell(tx: Db, id: string): Promise<void> {
    return this.events.add(tx, [{ type: 'desk.changed', data: { what: 'webhooks', id } }]);
  }
}
