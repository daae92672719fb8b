import { Injectable, Logger } from '@nestjs/common';
import { principalName, type RouteId } from '#libs/access';
import { AuditLog, callerNetwork, type Intent, type NewEntry } from '#libs/audit';
import { DeskError, Secrets } from '#libs/platform';
import type { DeskRequest } from '../access/request.js';
import type { Audited } from './audited-routes.js';
import { type ActFacts, actorOf, composeEntry } from './compose-entry.js';
import { RecentLooks } from './recent-looks.js';

type Ending = Pick<ActFacts, 'answer' | 'outcome' | 'reason' | 'replayed'>;

/** An act that was begun. */
export interface Begun {
  readonly audited: Audited;
  readonly request: DeskRequest;
  readonly at: Date;
  readonly intent: Intent | undefined;
}

/** Writes into the audit log what requests do. */
@Injectable()
export class AuditTrail {
  private readonly logger = new Logger(AuditTrail.name);
  private readonly looks = new RecentLooks();

  constructor(
    private readonly log: AuditLog,
    private readonly secrets: Secrets,
  ) {}

  /**
   * Before the handler: notes what changes something, and what gives bytes away while it runs, so that not even a
   * crash leaves it out of the log. Nothing when there is nothing to enter.
   */
  async begin(audited: Audited, request: DeskRequest): Promise<Begun | undefined> {
    if (!isAbout(audited, request) || this.wasEntered(audited, request)) return undefined;
    const begun = { audited, request, at: new Date() };
    if (audited.reads && !audited.streams) return { ...begun, intent: undefined };
    const entry = this.compose({ ...begun, intent: undefined }, { outcome: 'unknown' });
    return { ...begun, intent: await this.log.intend(entry) };
  }

  /** After the handler. Data is shown only once the entry is stored; what was changed is noted already. */
  async done(begun: Begun, answer: unknown, replayed: boolean): Promise<void> {
    try {
      await this.log.add(this.compose(begun, { outcome: 'done', answer, replayed }), begun.intent);
    } catch (err) {
      this.logger.error({ err, msg: 'An act could not be entered into the audit log' });
      if (begun.audited.reads) throw new DeskError('unavailable', undefined, [], { cause: err });
      return;
    }
    if (begun.audited.reads) this.looks.add(lookName(begun.audited, begun.request), Date.now());
  }

  /** The handler refused, or failed. */
  async ended(begun: Begun, reason: string | undefined): Promise<void> {
    // Whoever is told to wait has been entered often enough.
    if (reason === 'too_many_requests' && !begun.intent) return;
    const outcome = reason === undefined ? 'failed' : 'refused';
    await this.enter(this.compose(begun, { outcome, reason }), begun.intent);
  }

  /** The guard let somebody who is known not in. */
  async refused(route: RouteId, request: DeskRequest): Promise<void> {
    const actor = actorOf(request.principal);
    const name = `refused ${actor.type}:${actor.id} ${route}`;
    const at = new Date();
    if (this.looks.has(name, at.getTime())) return;
    this.looks.add(name, at.getTime());
    const object = { type: 'route', id: route };
    const network = callerNetwork(request.ip);
    await this.enter({ at, actor, act: 'access.refused', object, outcome: 'refused', network, details: {} });
  }

  private async enter(entry: NewEntry, intent?: Intent): Promise<void> {
    await this.log.add(entry, intent).catch((err: unknown) => {
      this.logger.error({ err, msg: 'An act could not be entered into the audit log' });
    });
  }

  private wasEntered(audited: Audited, request: DeskRequest): boolean {
    return audited.reads === true && this.looks.has(lookName(audited, request), Date.now());
  }

  private compose({ audited, request, at }: Begun, ending: Ending): NewEntry {
    const { principal, ip: address, params, query, body } = request;
    const facts = { at, principal, address, params: params as {}, query: query as {}, body, ...ending };
    return composeEntry(audited, facts, (value) => this.secrets.mac('audit', value).slice(0, 16));
  }
}

const isAbout = ({ onlyWith }: Audited, { query }: DeskRequest): boolean =>
  !onlyWith || onlyWith.some((name) => Object.hasOwn(query as object, name));

/** One look of one caller: searches count anew for each thing that is looked for. */
function lookName({ act }: Audited, { principal, url, method, body }: DeskRequest): string {
  const caller = principal ? principalName(principal) : 'nobody';
  return [caller, act, method, url, body === undefined ? '' : JSON.stringify(body)].join(' ');
}
