import type { Principal } from '#libs/access';
import type { StoredEvent } from '#libs/queue';
import { eventFrame } from './event-frame.js';

/** What a follower writes to: the part of `http.ServerResponse` that it needs. */
export interface Wire {
  write(chunk: string): boolean;
  end(): unknown;
  destroy(): unknown;
  readonly writableLength: number;
}

/** A reader that takes nothing gets this much kept for it, then it is cut off and may come again. */
const mostUnreadBytes = 256 * 1024;
const mostPending = 5_000;

/**
 * One open stream. While it still reads the past, live events wait in `pending`; `sent` holds what the past gave,
 * so that an event seen on both roads is written once.
 */
export class Follower {
  private pending: StoredEvent[] | undefined = [];
  private readonly sent: Set<string>;
  closed = false;

  /** `seen`: the event that the reader saw last. */
  constructor(
    readonly principal: Principal,
    private readonly wire: Wire,
    seen?: string,
  ) {
    this.sent = new Set(seen === undefined ? [] : [seen]);
  }

  /** Events of the past, in order. */
  past(events: readonly StoredEvent[]): void {
    for (const event of events) this.sent.add(event.id);
    this.write(events.map(eventFrame).join(''));
  }

  /** The past is read: what came meanwhile follows, and from now on everything at once. */
  goLive(): void {
    const waited = this.pending ?? [];
    this.pending = undefined;
    this.live(waited);
  }

  live(events: readonly StoredEvent[]): void {
    if (this.pending) {
      this.pending.push(...events);
      if (this.pending.length > mostPending) this.cut();
      return;
    }
    // `delete` tells whether the past gave it, and frees the memory at once.
    this.write(
      events
        .filter(({ id }) => !this.sent.delete(id))
        .map(eventFrame)
        .join(''),
    );
  }

  write(frames: string): void {
    if (this.closed || frames === '') return;
    this.wire.write(frames);
    if (this.wire.writableLength > mostUnreadBytes) this.cut();
  }

  /** Ends the stream in order. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.wire.end();
  }

  private cut(): void {
    this.closed = true;
    this.wire.destroy();
  }
}
