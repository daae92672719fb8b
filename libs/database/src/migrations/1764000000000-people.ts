import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who works at the desk (access, specialists) and who asks it for help (requesters). */
export class People1764000000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table person (
        id bigint generated always as identity primary key,
        email text not null check (email = lower(email)),
        name text not null,
        role text not null check (role in ('administrator', 'supervisor', 'specialist', 'director')),
        password_hash text,
        locale text not null default 'ru' check (locale in ('ru', 'en')),
        disabled_at timestamptz,
        created_at timestamptz not null default now(),
        version integer not null default 1,
        unique (email)
      );
      create table session (
        token_hash bytea primary key,
        person_id bigint not null references person on delete cascade,
        created_at timestamptz not null default now(),
        last_seen_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index session_person on session (person_id);
      -- One-time links: the first administrator, an invitation. The token itself is never stored.
      create table access_link (
        token_hash bytea primary key,
        purpose text not null check (purpose in ('first-run', 'invitation')),
        person_id bigint references person on delete cascade,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null,
        used_at timestamptz
      );
      create table api_key (
        id bigint generated always as identity primary key,
        prefix text not null unique,
        secret_hash bytea not null,
        name text not null,
        scopes text[] not null,
        created_by bigint references person,
        created_at timestamptz not null default now(),
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz
      );
      -- The answer given to a write, so that its repetition gets the same answer and has no second effect.
      create table idempotency_key (
        scope text not null,
        key text not null check (length(key) <= 255),
        request_hash bytea not null,
        status integer,
        response jsonb,
        created_at timestamptz not null default now(),
        primary key (scope, key)
      );
      create index idempotency_key_age on idempotency_key (created_at);

      create table queue (
        id bigint generated always as identity primary key,
        key text not null unique,
        title jsonb not null,
        position integer not null default 0,
        -- When its waiting work was last offered: the dispatcher leaves a queue alone for a while after.
        offered_at timestamptz,
        retired_at timestamptz
      );
      create table kind (
        key text primary key,
        title jsonb not null,
        position integer not null default 0,
        retired_at timestamptz
      );
      -- Ordered rules: the first that matches gives an inbound message its kind, queue and priority.
      create table rule (
        id bigint generated always as identity primary key,
        position integer not null,
        name text not null,
        condition jsonb not null,
        outcome jsonb not null,
        enabled boolean not null default true
      );
      create index rule_order on rule (position, id);

      -- open_items counts the work items assigned now; only guarded updates change it, so it never passes capacity.
      create table specialist (
        id bigint primary key references person,
        capacity integer not null default 5 check (capacity >= 0),
        open_items integer not null default 0 check (open_items >= 0),
        presence text not null default 'off' check (presence in ('on', 'away', 'off')),
        presence_at timestamptz not null default now(),
        last_assigned_at timestamptz
      );
      create table specialist_queue (
        specialist_id bigint not null references specialist on delete cascade,
        queue_id bigint not null references queue on delete cascade,
        primary key (specialist_id, queue_id)
      );
      create index specialist_queue_queue on specialist_queue (queue_id);

      create table requester (
        id bigint generated always as identity primary key,
        name text,
        locale text check (locale in ('ru', 'en')),
        merged_into bigint references requester,
        created_at timestamptz not null default now()
      );
      create table requester_address (
        id bigint generated always as identity primary key,
        requester_id bigint not null references requester,
        kind text not null,
        value text not null,
        proof text not null default 'none' check (proof in ('none', 'wrote', 'signed', 'code')),
        unreachable_at timestamptz,
        unreachable_reason text,
        created_at timestamptz not null default now(),
        unique (kind, value)
      );
      create index requester_address_requester on requester_address (requester_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('The history goes forward only: restore a backup instead.');
  }
}
