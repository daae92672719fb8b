import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists that have a name, and what is done with many tickets at once. */
export class Views1764000014000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- A list that has a name. Without an owner it is everybody's.
      create table saved_view (
        id bigint generated always as identity primary key,
        -- Of the desk's own set.
        key text unique,
        owner_id bigint references person on delete cascade,
        title jsonb not null,
        filter jsonb not null,
        sorting text not null check (sorting in ('latest', 'newest', 'waiting')),
        columns text[] not null,
        position integer not null,
        version integer not null default 1
      );
      create index saved_view_list on saved_view (owner_id, position, id);
      insert into saved_view (key, position, sorting, title, filter, columns)
      select key, n, sorting, title::jsonb, filter::jsonb, '{number,subject,requester,state,assignee,updated}'
      from (values
        (1, 'my-work', 'latest', '{"ru": "Моя работа", "en": "My work"}',
          '{"assignee": "me", "state": ["waiting", "open", "pending"]}'),
        (2, 'unassigned', 'waiting', '{"ru": "Без исполнителя", "en": "Unassigned"}',
          '{"assignee": "none", "state": ["waiting"]}'),
        (3, 'waiting', 'waiting', '{"ru": "Ждут ответа", "en": "Waiting for an answer"}',
          '{"state": ["waiting", "open"]}'),
        (4, 'open', 'latest', '{"ru": "Все открытые", "en": "All open"}',
          '{"state": ["waiting", "open", "pending"]}'),
        (5, 'closed', 'latest', '{"ru": "Закрытые", "en": "Closed"}', '{"state": ["closed"]}')
      ) desk (n, key, sorting, title, filter);

      -- One act on many tickets, worked ticket by ticket with the rights that the actor has then.
      create table bulk_act (
        id bigint generated always as identity primary key,
        actor_type text not null check (actor_type in ('person', 'program')),
        actor_id bigint not null,
        actor_name text not null,
        act jsonb not null,
        state text not null default 'running' check (state in ('running', 'done', 'stopped')),
        -- Equal for repetitions of the same wish.
        idem text unique,
        enqueued_at timestamptz,
        created_at timestamptz not null default now(),
        ended_at timestamptz,
        check ((state = 'running') = (ended_at is null))
      );
      create index bulk_act_running on bulk_act (enqueued_at nulls first, id) where state = 'running';
      create index bulk_act_actor on bulk_act (actor_type, actor_id, id desc);
      create table bulk_act_ticket (
        bulk_act_id bigint not null references bulk_act on delete cascade,
        ticket_id bigint not null references ticket on delete cascade,
        state text not null default 'waiting' check (state in ('waiting', 'done', 'skipped', 'failed')),
        -- Why it was skipped or failed: a code of the error catalogue and a text of it, never what people wrote.
        reason jsonb,
        attempts integer not null default 0,
        primary key (bulk_act_id, ticket_id)
      );
      create index bulk_act_ticket_waiting on bulk_act_ticket (bulk_act_id, attempts, ticket_id)
        where state = 'waiting';
      create index bulk_act_ticket_ticket on bulk_act_ticket (ticket_id);
    `);
  }

  async down(): Promise<void> {
    throw new Error('The history goes forward only: restore a backup instead.');
  }
}
