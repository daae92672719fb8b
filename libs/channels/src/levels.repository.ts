import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';

/** How many items of a channel stand in a state, and how long the oldest has stood there. */
export interface Level {
  readonly channel: string;
  readonly state: string;
  readonly items: number;
  readonly oldestSeconds: number;
}

/** How many accounts of a channel are in a state. */
export interface AccountLevel {
  readonly channel: string;
  readonly name: string;
  readonly state: string;
}

/** Levels for metrics: numbers, channels and states, nothing of what the items say. */
@Injectable()
export class LevelsRepository {
  /** What came in and has no end yet. */
  inbound(db: Db): Promise<Level[]> {
    return rows<Level>(
      db,
      `select channel, state, count(*)::int as items,
         extract(epoch from now() - min(received_at))::float as "oldestSeconds"
       from inbox where state in ('raw', 'ready') group by channel, state`,
    );
  }

  /** What has not left. */
  outbound(db: Db): Promise<Level[]> {
    return rows<Level>(
      db,
      `select channel, state, count(*)::int as items,
         extract(epoch from now() - min(created_at))::float as "oldestSeconds"
       from outbox where state <> 'sent' group by channel, state`,
    );
  }

  accounts(db: Db): Promise<AccountLevel[]> {
    return rows<AccountLevel>(db, `select channel, name, state from account where enabled`);
  }
}
