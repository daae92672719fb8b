import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log of who did what and saw whose data. */
export class Audit1764000013000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- One chain: hash = SHA-256(prev_hash || canonical JSON of the entry). Ids only, so that destroying somebody's
      -- data breaks nothing here.
      create table audit_entry (
        seq bigint primary key check (seq > 0),
        at timestamptz(3) not null,
        actor_type text not null check (actor_type in ('person', 'program', 'nobody', 'desk')),
        actor_id text,
        actor_role text,
        act text not null,
        object_type text,
        object_id text,
        outcome text not null check (outcome in ('done', 'refused', 'failed', 'unknown')),
        network text,
        details jsonb not null default '{}',
        prev_hash bytea not null check (length(prev_hash) = 32),
        hash bytea not null check (length(hash) = 32)
      );
      create index audit_entry_actor on audit_entry (actor_type, actor_id, seq desc);
      create index audit_entry_object on audit_entry (object_type, object_id, seq desc);
      create index audit_entry_act on audit_entry (act, seq desc);
      create index audit_entry_at on audit_entry (at);

      create function audit_entry_refuse() returns trigger language plpgsql as $$
        begin
          raise exception 'The audit log is added to, never changed' using errcode = 'insufficient_privilege';
        end $$;
      create trigger audit_entry_append_only before update or delete or truncate on audit_entry
        for each statement execute function audit_entry_refuse();
      -- Also where triggers are switched off for replication.
      alter table audit_entry enable always trigger audit_entry_append_only;
      revoke update, delete, truncate on audit_entry from public, current_user;

      -- An act that was begun and has not said yet how it ended.
      create table audit_intent (
        id uuid primary key,
        entry jsonb not null,
        begun_at timestamptz not null default now()
      );
      create index audit_intent_age on audit_intent (begun_at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('The history goes forward only: restore a backup instead.');
  }
}
