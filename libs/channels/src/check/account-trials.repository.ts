import { Injectable } from '@nestjs/common';
import { type Db, rows } from '#libs/database';
import type { Check } from '../channel-adapter.js';

/** A trial that a gateway has taken. */
export interface ClaimedTrial {
  readonly id: string;
  /** Sealed. */
  readonly request: string;
}

export interface TrialState {
  readonly state: 'waiting' | 'trying' | 'done';
  readonly checks: readonly Check[] | null;
}

/** SQL of `account_trial`. */
@Injectable()
export class AccountTrialsRepository {
  async add(db: Db, channel: string, request: string): Promise<string> {
    const sql = 'insert into account_trial (channel, request) values ($1, $2) returning id';
    return (await rows<{ id: string }>(db, sql, [channel, request]))[0]?.id ?? '0';
  }

  async get(db: Db, id: string): Promise<TrialState | undefined> {
    return (await rows<TrialState>(db, 'select state, checks from account_trial where id = $1', [id]))[0];
  }

  async remove(db: Db, id: string): Promise<void> {
    await rows(db, 'delete from account_trial where id = $1', [id]);
  }

  /** Trials that wait and were not put on the queue within half a minute; drops those that nobody waits for. */
  async due(db: Db, channel: string, limit: number): Promise<string[]> {
    await rows(db, `delete from account_trial where created_at < now() - interval '5 minutes'`);
    const sql = `
      update account_trial set enqueued_at = now() where id in (
        select id from account_trial where channel = $1 and state = 'waiting'
          and (enqueued_at is null or enqueued_at < now() - interval '30 seconds')
        order by id limit $2 for update skip locked)
      returning id`;
    return (await rows<{ id: string }>(db, sql, [channel, limit])).map(({ id }) => id);
  }

  /** Each is tried once: whoever asked would not wait for a second time. */
  claim(db: Db, channel: string, ids: readonly string[]): Promise<ClaimedTrial[]> {
    const sql = `
      update account_trial set state = 'trying' where id in (
        select id from account_trial where id = any($2::bigint[]) and channel = $1 and state = 'waiting'
        for update skip locked)
      returning id, request`;
    return rows(db, sql, [channel, ids]);
  }

  async end(db: Db, id: string, checks: readonly Check[]): Promise<void> {
    const sql = `update account_trial set state = 'done', request = '', checks = $2::jsonb where id = $1`;
    await rows(db, sql, [id, JSON.stringify(checks)]);
  }
}
