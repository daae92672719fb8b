import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '#libs/database';
import { Health } from '#libs/platform';

/** Readiness of the API: the database answers. Redis may be away: everything is kept and done later. */
@Injectable()
export class DeskChecks implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly health: Health,
  ) {}

  onModuleInit(): void {
    this.health.check('database', () => this.database.ping());
  }
}
