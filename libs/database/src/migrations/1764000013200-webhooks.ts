import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the desk tells other programs by itself. */
export class Webhooks1764000013200 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create table webhook_endpoint (
        id bigint generated always as identity primary key,
        url text not null,
        description text not null default '',
        -- Types of events; '*': every one.
        events text[] not null,
        -- Whether a delivery carries the ticket, as far as whoever made the endpoint may read it.
        with_ticket boolean not null default false,
        owner_type text not null check (owner_type in ('person', 'program')),
        owner_id bigint not null,
        -- Sealed. The previous secret signs, too, until its time is over.
        secret text not null,
        previous_secret text,
        previous_until timestamptz,
        enabled boolean not null default true,
        off_reason text check (off_reason in ('failing', 'gone')),
        -- Since when no delivery succeeded, though some were tried.
        failing_since timestamptz,
        retired_at timestamptz,
        created_at timestamptz not null default now(),
        -- What happened before is not told.
        listens_from timestamptz not null default now(),
        version integer not null default 1
      );
      create index webhook_endpoint_enabled on webhook_endpoint (id) where enabled and retired_at is null;

      create table webhook_delivery (
        id bigint generated always as identity primary key,
        endpoint_id bigint not null references webhook_endpoint,
        -- The same at every attempt, so that a receiver knows a repetition.
        message_id text not null unique,
        -- Empty for a delivery that tries the endpoint.
        event_id bigint,
        type text not null,
        at timestamptz not null,
        -- Ids and states of the event; the body is made of it at every attempt.
        data jsonb not null,
        state text not null default 'waiting' check (state in ('waiting', 'delivered', 'failed')),
        attempts integer not null default 0,
        -- Attempts before it was last started anew: retries are counted from there.
        attempts_before integer not null default 0,
        next_at timestamptz not null default now(),
        enqueued_at timestamptz,
        lease_until timestamptz,
        created_at timestamptz not null default now(),
        done_at timestamptz,
        unique (endpoint_id, event_id)
      );
      create index webhook_delivery_due on webhook_delivery (next_at, id) where state = 'waiting';
      create index webhook_delivery_list on webhook_delivery (endpoint_id, id desc);
      create index webhook_delivery_age on webhook_delivery (created_at);

      create table webhook_attempt (
        delivery_id bigint not null references webhook_delivery on delete cascade,
        number integer not null,
        at timestamptz not null default now(),
        status integer,
        reason text,
        response text,
        took_ms integer not null,
        primary key (delivery_id, number)
      );

      -- How far the stream of events was turned into deliveries.
      create table webhook_cursor (
        single boolean primary key default true check (single),
        event_id bigint not null default 0
      );
      insert into webhook_cursor default values;
      -- What happened in a stretch of time, for telling it again.
      create index event_at on event (at);
    `);
  }

  async down(): Promise<void> {
    throw new Error('The history goes forward only: restore a backup instead.');
  }
}
