import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AuditLog, AuditRepository, Checkpoints } from '#libs/audit';
import { Database } from '#libs/database';

const minuteMs = 60_000;
const roundsBetweenNotes = 60;

/** Enters acts whose process went, each minute, and notes the end of the chain outside the database, each hour. */
@Injectable()
export class AuditKeeper implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger(AuditKeeper.name);
  private timer: NodeJS.Timeout | undefined;
  private rounds = 0;
  private noted = '0';

  constructor(
    private readonly database: Database,
    private readonly log: AuditLog,
    private readonly entries: AuditRepository,
    private readonly checkpoints: Checkpoints,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => void this.round(), minuteMs).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.timer);
  }

  private async round(): Promise<void> {
    try {
      const lost = await this.log.enterLost();
      if (lost > 0) this.logger.warn({ lost, msg: 'Acts of a process that went are in the audit log as unknown' });
      if (this.rounds++ % roundsBetweenNotes === 0) await this.note();
    } catch (err) {
      this.logger.warn({ err, msg: 'The audit log was not looked after' });
    }
  }

  private async note(): Promise<void> {
    const end = await this.entries.end(this.database.db);
    if (end.seq === this.noted || end.seq === '0') return;
    await this.checkpoints.note(end, new Date());
    this.noted = end.seq;
  }
}
