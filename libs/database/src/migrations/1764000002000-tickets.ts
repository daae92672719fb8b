import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tickets with their messages, the work that they make, the decisions taken and the events told. */
export class Tickets1764000002000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      create sequence ticket_number start 1001;
      create table ticket (
        id bigint generated always as identity primary key,
        number bigint not null unique default nextval('ticket_number'),
        subject text not null,
        -- waiting: nobody has it. open: a specialist has it. pending: the requester's turn. closed: done.
        state text not null default 'waiting' check (state in ('waiting', 'open', 'pending', 'closed')),
        queue_id bigint not null references queue,
        kind text references kind,
        priority integer not null default 0,
        requester_id bigint not null references requester,
        assignee_id bigint references specialist,
        channel text not null,
        account_id bigint references account,
        -- Where answers go (mail address, chat id) and which of our addresses was written to.
        reply_to text,
        reply_from text,
        -- The conversation of a messenger that the ticket stands in.
        conversation text,
        locale text not null default 'ru' check (locale in ('ru', 'en')),
        merged_into bigint references ticket,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        acknowledged_at timestamptz,
        first_replied_at timestamptz,
        closed_at timestamptz,
        -- What was done, in the words of who closed it.
        outcome text,
        version integer not null default 1
      ) with (fillfactor = 80);
      create index ticket_list on ticket (updated_at desc, id desc);
      create index ticket_state_list on ticket (state, updated_at desc, id desc);
      create index ticket_queue_list on ticket (queue_id, state, updated_at desc, id desc);
      create index ticket_assignee_list on ticket (assignee_id, state, updated_at desc, id desc);
      create index ticket_requester on ticket (requester_id, updated_at desc);
      create index ticket_conversation on ticket (account_id, conversation, id desc) where conversation is not null;

      create table message (
        id bigint generated always as identity primary key,
        ticket_id bigint not null references ticket,
        type text not null check (type in ('inbound', 'reply', 'note', 'call', 'acknowledgement')),
        channel text not null,
        account_id bigint references account,
        inbox_id bigint references inbox,
        author_type text not null check (author_type in ('requester', 'participant', 'person', 'program', 'desk')),
        author_id bigint,
        author_name text,
        author_address text,
        subject text,
        text text not null,
        -- The whole text where "text" is only the new part (quotes and signature cut).
        full_text text,
        html text,
        external_id text,
        -- Messengers: parts that came under one group key are one message.
        group_key text,
        others text[] not null default '{}',
        automatic text,
        flags text[] not null default '{}',
        sent_at timestamptz,
        created_at timestamptz not null default now(),
        edited_at timestamptz,
        -- Equal for repetitions of the same answer: the second adds nothing.
        idem text,
        version integer not null default 1
      );
      create unique index message_idem on message (idem) where idem is not null;
      create unique index message_inbox on message (inbox_id) where inbox_id is not null;
      create index message_timeline on message (ticket_id, id);
      create index message_external on message (channel, external_id) where external_id is not null;
      create index message_group on message (account_id, group_key) where group_key is not null;
      create table message_version (
        message_id bigint not null references message,
        version integer not null,
        text text not null,
        at timestamptz not null default now(),
        primary key (message_id, version)
      );
      create table attachment (
        id bigint generated always as identity primary key,
        message_id bigint not null references message,
        name text not null,
        media_type text not null,
        bytes bigint not null,
        content text,
        missing text,
        inline_id text
      );
      create index attachment_message on attachment (message_id);

      -- What a messenger's conversation is about now; opens_new: the next message opens a ticket of its own (/new).
      create table conversation (
        account_id bigint not null references account,
        conversation text not null,
        ticket_id bigint references ticket,
        opens_new boolean not null default false,
        updated_at timestamptz not null default now(),
        primary key (account_id, conversation)
      );

      create table call (
        message_id bigint primary key references message,
        -- E.164 or a short internal number; empty when the caller hid it.
        phone text,
        extension text,
        phone_as_given text not null,
        direction text not null check (direction in ('in', 'out')),
        medium text not null default 'phone',
        started_at timestamptz not null,
        ended_at timestamptz,
        resolved boolean not null default false,
        logged_by bigint references person,
        check (ended_at is null or ended_at >= started_at)
      );
      create index call_phone on call (phone);
      -- Something promised on a ticket, such as a call back.
      create table task (
        id bigint generated always as identity primary key,
        ticket_id bigint not null references ticket,
        type text not null check (type in ('call-back')),
        phone text,
        note text not null default '',
        due_at timestamptz not null,
        done_at timestamptz,
        done_by bigint references person,
        created_by bigint references person,
        created_at timestamptz not null default now()
      );
      create index task_ticket on task (ticket_id);
      create index task_due on task (due_at) where done_at is null;

      -- One episode of routing a ticket; at most one lives per ticket.
      create table work_item (
        id bigint generated always as identity primary key,
        ticket_id bigint not null references ticket,
        queue_id bigint not null references queue,
        state text not null default 'waiting' check (state in ('waiting', 'assigned', 'done')),
        priority integer not null default 0,
        waiting_since timestamptz not null default now(),
        -- Why it had to wait so far: each reason is recorded as a decision once.
        waiting_reasons text[] not null default '{}',
        -- Who knows the ticket: preferred while present and with room.
        preferred_id bigint references specialist,
        -- Who gave it back: gets it again only when nobody else has room.
        avoided_id bigint references specialist,
        specialist_id bigint references specialist,
        assigned_at timestamptz,
        ended_at timestamptz,
        end_reason text,
        created_at timestamptz not null default now(),
        check ((state = 'assigned') <= (specialist_id is not null))
      );
      create unique index work_item_live on work_item (ticket_id) where state <> 'done';
      create index work_item_waiting on work_item (queue_id, priority desc, waiting_since, id) where state = 'waiting';
      create index work_item_unexplained on work_item (queue_id) where state = 'waiting' and waiting_reasons = '{}';
      create index work_item_assigned on work_item (specialist_id) where state = 'assigned';

      -- Live episodes with the channel that their tickets came by.
      create view live_work as
        select w.queue_id, w.specialist_id, w.state, w.waiting_since, t.channel
        from work_item w join ticket t on t.id = w.ticket_id where w.state <> 'done';

      -- Why: every choice the desk made, with what it was made from.
      create table decision (
        id bigint generated always as identity primary key,
        at timestamptz not null default now(),
        step text not null check (step in ('thread', 'rules', 'assignment', 'acknowledgement', 'move')),
        inbox_id bigint,
        ticket_id bigint,
        work_item_id bigint,
        outcome text not null,
        reason jsonb not null
      );
      create index decision_ticket on decision (ticket_id, id);
      create index decision_inbox on decision (inbox_id) where inbox_id is not null;

      -- What the console follows. xact lets a reader skip rows whose neighbours with lower ids are not committed yet.
      create table event (
        id bigint generated always as identity primary key,
        xact xid8 not null default pg_current_xact_id(),
        at timestamptz not null default now(),
        type text not null,
        ticket_id bigint,
        queue_id bigint,
        data jsonb not null default '{}'
      );
      create index event_order on event (xact, id);
      create function event_notify() returns trigger language plpgsql as $$
        begin
          perform pg_notify('desk_event', '');
          return null;
        end $$;
      create trigger event_notify after insert on event for each statement execute function event_notify();
    `);
  }

  async down(): Promise<void> {
    throw new Error('The history goes forward only: restore a backup instead.');
  }
}
