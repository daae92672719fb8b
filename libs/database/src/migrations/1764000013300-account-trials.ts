import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Settings of a channel that are being tried before anybody saves them. */
export class AccountTrials1764000013300 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table account_trial (
        id bigint generated always as identity primary key,
        channel text not null,
        -- Name, address and settings of the account, sealed; empty once they were tried.
        request text not null,
        state text not null default 'waiting' check (state in ('waiting', 'trying', 'done')),
        checks jsonb,
        enqueued_at timestamptz,
        created_at timestamptz not null default now()
      );
      create index account_trial_waiting on account_trial (channel, id) where state = 'waiting';
      create index account_trial_age on account_trial (created_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('The history goes forward only: restore a backup instead.');
  }
}
