import { ParserChild, type ChildLimits, type Job } from './parser-child.client.js';
import type { ParserOutcome, ParserTask } from './parser-protocol.js';

export interface PoolLimits extends ChildLimits {
  readonly children: number;
  /** How many items wait inside a child, so that it never waits for the parent. */
  readonly window: number;
  /** After so long the items behind a slow one go to another child. */
  readonly stallMs: number;
}

/**
 * Reads hostile bytes in child processes. An item that kills its child, or takes longer than its limit, ends as
 * `died`; its neighbours are read by another child. Rejects only when no child can be started at all.
 */
export class ParserPool {
  private readonly waiting: Job[] = [];
  private readonly children = new Set<ParserChild>();
  /** Children with a slow item: they get nothing more and are ended after it. */
  private readonly stalled = new Set<ParserChild>();
  private readonly watch: NodeJS.Timeout;
  private closed = false;

  constructor(private readonly limits: PoolLimits) {
    this.watch = setInterval(() => this.relieve(), limits.stallMs / 4);
    this.watch.unref();
  }

  run(task: ParserTask): Promise<ParserOutcome> {
    return new Promise((end, fail) => {
      this.waiting.push({ task, end, fail });
      this.pump();
    });
  }

  close(): void {
    this.closed = true;
    clearInterval(this.watch);
    for (const child of this.children) child.kill();
    for (const { fail } of this.waiting.splice(0)) fail(new Error('the parser is closed'));
  }

  private pump(): void {
    while (this.waiting.length > 0 && !this.closed) {
      const child = this.leastLoaded();
      if (!child) return;
      child.give(this.waiting.shift()!);
    }
  }

  private leastLoaded(): ParserChild | undefined {
    const able = [...this.children].filter((child) => !this.stalled.has(child));
    const best = able.sort((a, b) => a.load - b.load)[0];
    if (best && best.load === 0) return best;
    if (able.length < this.limits.children && this.children.size < this.limits.children * 2) return this.start();
    return best && best.load < this.limits.window ? best : undefined;
  }

  private start(): ParserChild {
    const child = new ParserChild(this.limits, {
      answered: (answering) => {
        if (this.stalled.has(answering)) answering.kill();
        this.pump();
      },
      gone: (gone, culprit, rest, begun) => {
        this.children.delete(gone);
        this.stalled.delete(gone);
        // Our own stopping is nobody's fault.
        if (this.closed) culprit?.fail(new Error('the parser is closed'));
        else culprit?.end({ is: 'died' });
        if (begun && !this.closed) this.waiting.unshift(...rest);
        else for (const { fail } of rest) fail(new Error('the parser does not start'));
        this.pump();
      },
    });
    this.children.add(child);
    return child;
  }

  private relieve(): void {
    for (const child of this.children) {
      if (this.stalled.has(child) || child.busyMs < this.limits.stallMs) continue;
      this.stalled.add(child);
      this.waiting.unshift(...child.takeBack());
    }
    this.pump();
  }
}
