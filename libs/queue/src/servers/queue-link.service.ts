import { Injectable, Logger } from '@nestjs/common';
import { QueueTiming } from '../queue-timing.js';
import { QueueServer } from './queue-server.client.js';

/** Knows whether the queue's server answers, and tells the log once each time that changes. */
@Injectable()
export class QueueLink {
  private readonly log = new Logger(QueueLink.name);
  private awaySince: number | undefined;

  constructor(
    private readonly server: QueueServer,
    private readonly timing: QueueTiming,
  ) {}

  /** As of the last look. */
  get isUp(): boolean {
    return this.awaySince === undefined;
  }

  /** Away for so long that work must not wait for it any more. */
  get isLost(): boolean {
    return this.awaySince !== undefined && performance.now() - this.awaySince >= this.timing.degradeAfterMs;
  }

  onConnect(told: () => void): void {
    this.server.onConnect(told);
  }

  /** Looks whether the server answers now. */
  async look(): Promise<boolean> {
    const began = performance.now();
    try {
      await this.inTime(this.server.ping());
      this.cameUp();
    } catch (error) {
      this.wentAway(began, error);
    }
    return this.isUp;
  }

  /** The result, or an error when the server takes longer than an answer may. */
  async inTime<Result>(work: Promise<Result>): Promise<Result> {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('No answer of the queue’s server in time.')), this.timing.answerMs);
    });
    return Promise.race([work, over]).finally(() => clearTimeout(timer));
  }

  private cameUp(): void {
    if (this.awaySince === undefined) return;
    this.awaySince = undefined;
    this.log.log({ server: this.server.kind, msg: 'The queue’s server answers again' });
  }

  private wentAway(since: number, error: unknown): void {
    if (this.awaySince !== undefined) return;
    this.awaySince = since;
    this.log.warn({ err: error, server: this.server.kind, msg: 'The queue’s server does not answer: nothing is lost' });
  }
}
