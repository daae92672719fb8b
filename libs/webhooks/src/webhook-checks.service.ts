import { Injectable } from '@nestjs/common';
import { DeskError, EgressGuard, EgressRefused, type Fault } from '#libs/platform';
import { urlFault } from './check-url.js';
import { WebhookBodies } from './webhook-body.service.js';
import type { WebhookOwner } from './webhook.js';

const atUrl = (message: Fault['message']): DeskError =>
  new DeskError('invalid_input', undefined, [{ path: 'url', message }]);

/** What must hold before an endpoint is kept; the address is looked at again at every delivery. */
@Injectable()
export class WebhookChecks {
  constructor(
    private readonly guard: EgressGuard,
    private readonly bodies: WebhookBodies,
  ) {}

  /** One text for every address that the desk does not connect to. */
  async mustBeReachable(url: string): Promise<void> {
    if (urlFault(url)) throw atUrl('fault.webhookUrl');
    const { hostname, protocol } = new URL(url);
    const addresses = await this.guard.check(hostname).catch((fault: unknown) => {
      throw atUrl(fault instanceof EgressRefused ? 'fault.egress' : 'fault.unknownHost');
    });
    if (protocol === 'http:' && !addresses.every(({ loopback }) => loopback)) throw atUrl('fault.webhookUrl');
  }

  async mustMayRead(owner: WebhookOwner): Promise<void> {
    if (!(await this.bodies.mayRead(owner))) throw new DeskError('forbidden', 'refusal.webhookTicket');
  }
}
