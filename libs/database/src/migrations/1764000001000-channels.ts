import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What comes in and goes out: channels, accounts, cursors, inbox and outbox. */
export class Channels1764000001000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- What each adapter announces at start; the desk draws forms and previews from it without importing it.
      create table channel (
        kind text primary key,
        capabilities jsonb not null,
        settings_schema jsonb not null,
        -- How calls of the provider are believed and stored; empty where none calls.
        hook jsonb,
        announced_at timestamptz not null default now()
      );
      -- A mailbox, a bot or a form that a channel serves. secrets is sealed with the key of the environment.
      create table account (
        id bigint generated always as identity primary key,
        channel text not null,
        name text not null,
        address text,
        settings jsonb not null default '{}',
        secrets text,
        queue_id bigint references queue,
        enabled boolean not null default true,
        state text not null default 'new' check (state in ('new', 'running', 'failing', 'off')),
        state_code text,
        state_detail text,
        state_at timestamptz not null default now(),
        last_in_at timestamptz,
        last_out_at timestamptz,
        -- Nothing is sent before; afterwards one row is sent as a probe. holds counts them in a row.
        hold_until timestamptz,
        holds integer not null default 0,
        lease uuid,
        lease_until timestamptz,
        version integer not null default 1,
        created_at timestamptz not null default now(),
        unique (channel, name)
      );
      -- Where taking in stands: per mailbox (epoch = UIDVALIDITY, position = UID) or per bot (position = update id).
      create table cursor (
        account_id bigint not null references account on delete cascade,
        name text not null,
        epoch text not null default '',
        position bigint not null default 0,
        updated_at timestamptz not null default now(),
        primary key (account_id, name)
      );
      create table inbox (
        id bigint generated always as identity primary key,
        account_id bigint not null references account,
        channel text not null,
        external_key text not null,
        -- Equal on two accounts of one channel when both received the same item.
        content_key text,
        raw text not null,
        raw_bytes integer not null,
        source jsonb not null default '{}',
        -- Rows with one order key are routed in the order of their ids.
        order_key text not null default '',
        state text not null default 'raw' check (state in ('raw', 'ready', 'done', 'quarantined')),
        fate text check (fate in ('ticket', 'appended', 'edited', 'duplicate', 'automatic', 'report', 'command', 'ignored', 'quarantined')),
        reason text,
        message jsonb,
        attempts integer not null default 0,
        parse_deaths integer not null default 0,
        next_at timestamptz not null default now(),
        enqueued_at timestamptz,
        ticket_id bigint,
        message_id bigint,
        duplicate_of bigint references inbox,
        received_at timestamptz not null default now(),
        done_at timestamptz,
        unique (account_id, external_key),
        constraint inbox_has_a_named_end check ((state in ('done', 'quarantined')) = (fate is not null))
      );
      create index inbox_raw on inbox (channel, next_at) where state = 'raw';
      create index inbox_ready on inbox (enqueued_at nulls first, id) where state = 'ready';
      create index inbox_order on inbox (account_id, order_key, id) where state in ('raw', 'ready') and order_key <> '';
      create index inbox_content on inbox (channel, content_key) where content_key is not null;
      create index inbox_ledger on inbox (account_id, id);
      create index inbox_message on inbox (channel, (message ->> 'externalId')) where state = 'ready';

      create table outbox (
        id bigint generated always as identity primary key,
        -- Both empty for an answer of the desk that belongs to no ticket (a greeting of the bot).
        ticket_id bigint,
        message_id bigint,
        -- Rows of one channel with one order key leave one after another, in the order of their ids.
        order_key text not null,
        -- Parts of one message (a long text split, files apart) leave in this order, all of them before later rows:
        -- the row itself is part 1, the others name it as their origin. parts is empty until the gateway split it.
        origin_id bigint references outbox,
        part integer not null default 1,
        parts integer,
        channel text not null,
        account_id bigint not null references account,
        message jsonb not null,
        destination text not null,
        -- Our own id of the item, fixed before the first attempt: the Message-ID of a mail without brackets.
        external_id text not null unique,
        -- The id that the provider gave it.
        provider_id text,
        idem text not null unique,
        automatic boolean not null default false,
        state text not null default 'queued' check (state in ('queued', 'sending', 'verifying', 'sent', 'failed', 'unknown')),
        phase text check (phase in ('claimed', 'data')),
        lease uuid,
        lease_until timestamptz,
        attempts integer not null default 0,
        next_at timestamptz not null default now(),
        enqueued_at timestamptz,
        reason_code text,
        reason text,
        created_at timestamptz not null default now(),
        sent_at timestamptz
      );
      create index outbox_due on outbox (channel, next_at) where state = 'queued';
      create index outbox_unsent on outbox (channel, state) where state <> 'sent';
      create index outbox_leased on outbox (lease_until) where state in ('sending', 'verifying');
      create index outbox_order on outbox (channel, order_key, (coalesce(origin_id, id)), part) where state in ('queued', 'sending', 'verifying');
      create index outbox_message on outbox (message_id) where message_id is not null;
      create index outbox_provider on outbox (channel, provider_id) where provider_id is not null;
      create index outbox_automatic on outbox (destination, created_at) where automatic;
      create table outbox_event (
        id bigint generated always as identity primary key,
        outbox_id bigint not null references outbox,
        at timestamptz not null default now(),
        event text not null,
        detail jsonb not null default '{}'
      );
      create index outbox_event_outbox on outbox_event (outbox_id, id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('The history goes forward only: restore a backup instead.');
  }
}
