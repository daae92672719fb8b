import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '#libs/database';
import { Health, Metrics } from '#libs/platform';
import { WorkLoadRepository } from '#libs/routing';

/** Whether the router can work, and how much waits for specialists. */
@Injectable()
export class RouterLevels implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly load: WorkLoadRepository,
    private readonly health: Health,
    private readonly metrics: Metrics,
  ) {}

  onModuleInit(): void {
    this.health.check('database', () => this.database.ping());
    // Without the queue's server the router goes on by polling (`switchboard_queue_polling`): it stays ready.
    this.metrics.gauge('switchboard_work_waiting', 'Work items that wait for a specialist', [], async (gauge) => {
      const queues = await this.load.byQueue(this.database.db);
      gauge.set(queues.reduce((sum, { waiting }) => sum + waiting, 0));
    });
  }
}
