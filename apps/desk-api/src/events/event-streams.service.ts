import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { ApiKeysService, principalName, type Principal, SessionsService } from '#libs/access';
import { Database } from '#libs/database';
import { DeskError } from '#libs/platform';
import { EventBell, EventsRepository } from '#libs/queue';
import { heartbeatFrame, positionFrame } from './event-frame.js';
import { Follower, type Wire } from './follower.js';

const mostPerPrincipal = 10;
const pageSize = 500;
const tickMs = 1_000;
const ticksPerRecheck = 4;
const ticksPerHeartbeat = 15;

/**
 * All open event streams of this process. One reader follows the end of the event table for everybody; a stream
 * that resumes reads its own past first. A stream ends within seconds when its session or key does.
 */
@Injectable()
export class EventStreams implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(EventStreams.name);
  private readonly followers = new Set<Follower>();
  private readonly opening = new Set<Follower>();
  private tail = '0';
  private reading: Promise<void> | undefined;
  private rungMeanwhile = false;
  private ticks = 0;
  private timer: NodeJS.Timeout | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(
    private readonly database: Database,
    private readonly events: EventsRepository,
    private readonly bell: EventBell,
    private readonly sessions: SessionsService,
    private readonly keys: ApiKeysService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.tail = await this.events.lastId(this.database.db);
    this.unsubscribe = this.bell.subscribe(() => void this.readTail());
    this.timer = setInterval(() => void this.tick(), tickMs).unref();
  }

  beforeApplicationShutdown(): void {
    clearInterval(this.timer);
    this.unsubscribe?.();
    for (const follower of this.followers) follower.close();
  }

  /** Opens a stream that goes on after the event `after`, or begins now. */
  async open(principal: Principal, wire: Wire, after: string | undefined): Promise<Follower> {
    const follower = new Follower(principal, wire, after);
    // It counts from its first moment, though it is told nothing yet.
    this.opening.add(follower);
    // The tail first: what the caller has seen lies behind it then, and is not told again as if it happened now.
    await this.readTail();
    this.opening.delete(follower);
    if (follower.closed) return follower;
    this.followers.add(follower);
    if (after === undefined) follower.write(positionFrame(this.tail));
    else await this.readPast(follower, after);
    follower.goLive();
    return follower;
  }

  /** Refuses a caller who holds too many streams open already. */
  mustHaveRoom(principal: Principal): void {
    const name = principalName(principal);
    const open = [...this.opening, ...this.followers].filter((follower) => principalName(follower.principal) === name);
    if (open.length >= mostPerPrincipal) {
      throw new DeskError('too_many_requests', { text: 'refusal.tooManyStreams', most: mostPerPrincipal });
    }
  }

  leave(follower: Follower): void {
    follower.closed = true;
    this.opening.delete(follower);
    this.followers.delete(follower);
  }

  /** Ends the streams of a session that was signed out here. */
  closeSession(session: string): void {
    for (const follower of this.followers) {
      if (follower.principal.type === 'person' && follower.principal.session === session) this.end(follower);
    }
  }

  /** Ends the streams whose session or key lives no more, wherever that was decided. */
  async recheck(): Promise<void> {
    const followers = [...this.followers];
    if (followers.length === 0) return;
    const principals = followers.map(({ principal }) => principal);
    const people = principals.filter((principal) => principal.type === 'person');
    const programs = principals.filter((principal) => principal.type === 'program');
    const [sessions, keys] = await Promise.all([
      this.sessions.stillLiving(people),
      this.keys.stillLiving(programs.map(({ id }) => id)),
    ]);
    for (const follower of followers) {
      const { principal } = follower;
      const lives = principal.type === 'person' ? sessions.has(principal.session) : keys.has(principal.id);
      if (!lives) this.end(follower);
    }
  }

  private end(follower: Follower): void {
    follower.close();
    this.followers.delete(follower);
  }

  private async readPast(follower: Follower, after: string): Promise<void> {
    follower.write(positionFrame(after));
    for (let position = after; !follower.closed;) {
      const events = await this.events.after(this.database.db, position, pageSize);
      follower.past(events);
      const last = events.at(-1);
      if (!last || events.length < pageSize) return;
      position = last.id;
    }
  }

  /** Reads on from the tail; a bell that rings meanwhile makes it look once more. */
  private readTail(): Promise<void> {
    this.rungMeanwhile = true;
    this.reading ??= this.readOn();
    return this.reading;
  }

  private async readOn(): Promise<void> {
    try {
      while (this.rungMeanwhile) {
        this.rungMeanwhile = false;
        const events = await this.events.after(this.database.db, this.tail, pageSize);
        this.tail = events.at(-1)?.id ?? this.tail;
        for (const follower of this.followers) follower.live(events);
        if (events.length === pageSize) this.rungMeanwhile = true;
      }
    } catch (fault) {
      this.log.warn(`The event table could not be read: ${(fault as Error).message}`);
    } finally {
      // At once, not in a later turn: whoever rings now begins a reading of their own.
      this.reading = undefined;
    }
  }

  /**
   * Once a second besides the bell: an event hides behind any older transaction that is still open, and the end of
   * that one need not ring.
   */
  private async tick(): Promise<void> {
    this.ticks++;
    for (const follower of this.followers) if (follower.closed) this.followers.delete(follower);
    if (this.followers.size > 0) await this.readTail();
    if (this.ticks % ticksPerHeartbeat === 0) for (const follower of this.followers) follower.write(heartbeatFrame);
    if (this.ticks % ticksPerRecheck === 0) {
      await this.recheck().catch((fault: Error) => this.log.warn(`Streams were not rechecked: ${fault.message}`));
    }
  }
}
