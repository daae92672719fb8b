import type { MigrationInterface, QueryRunner } from 'typeorm';
import { inBatches } from './in-batches.js';

/**
 * What people find tickets by: a document of words for each ticket, and indexes for every order of the lists. Runs
 * beside a working desk: tables and triggers first, then the tickets there are, some at a time, then the indexes
 * without holding up writers. Each step may be repeated, as a start that was killed on the way will do.
 */
export class ViewsAndSearch1764000011000 implements MigrationInterface {
  readonly transaction = false;

  async up(db: QueryRunner): Promise<void> {
    await db.query(documents);
    await db.query(triggers);
    await db.query(waiting);
    await inBatches(db, 'select id from ticket where id > $1 order by id limit 1000', fillDocuments);
    await inBatches(
      db,
      `select id from ticket where id > $1 and state in ('waiting', 'open') order by id limit 1000`,
      fillWaiting,
    );
    // Waits for the transactions there are, which may take longer than a statement may wait for a lock.
    await db.query('set lock_timeout = 0');
    for (const [name, on] of indexes) {
      // One that was being built when the start was killed is there and not valid.
      await db.query(`drop index concurrently if exists ${name}`);
      await db.query(`create index concurrently ${name} on ${on}`);
    }
    for (const name of replaced) await db.query(`drop index concurrently if exists ${name}`);
    await db.query('reset lock_timeout');
    await db.query('analyze ticket_search');
  }

  async down(): Promise<void> {
    throw new Error('The history goes forward only: restore a backup instead.');
  }
}

const fillDocuments = `
  insert into ticket_search (ticket_id, head, texts)
  select h.ticket_id, h.head, x.texts
  from ticket_search_heads($1::bigint[]) h join ticket_search_texts($1::bigint[]) x using (ticket_id)
  on conflict (ticket_id) do nothing`;

const fillWaiting = `
  update ticket set waiting_since = updated_at
  where id = any($1::bigint[]) and state in ('waiting', 'open') and waiting_since is null`;

const indexes = [
  ['ticket_search_words', 'ticket_search using gin ((head || texts))'],
  // Lists of everything: by queue, by person, by what came how and what about.
  ['ticket_queue_latest', 'ticket (queue_id, updated_at desc, id desc)'],
  ['ticket_assignee_latest', 'ticket (assignee_id, updated_at desc, id desc)'],
  ['ticket_channel_latest', 'ticket (channel, updated_at desc, id desc)'],
  ['ticket_kind_latest', 'ticket (kind, updated_at desc, id desc)'],
  ['ticket_newest', 'ticket (created_at desc, id desc)'],
  // Lists of what is not done: few of many, so each order costs little.
  ['ticket_open_latest', `ticket (updated_at desc, id desc) where state <> 'closed'`],
  ['ticket_open_newest', `ticket (created_at desc, id desc) where state <> 'closed'`],
  ['ticket_open_queue', `ticket (queue_id, updated_at desc, id desc) where state <> 'closed'`],
  ['ticket_open_assignee', `ticket (assignee_id, updated_at desc, id desc) where state <> 'closed'`],
  ['ticket_open_unassigned', `ticket (updated_at desc, id desc) where state <> 'closed' and assignee_id is null`],
  ['ticket_longest_waiting', 'ticket (waiting_since, id) where waiting_since is not null'],
  // All ids of a requester are asked for before their tickets are.
  ['requester_merged', 'requester (merged_into) where merged_into is not null'],
] as const;

const replaced = ['ticket_state_list', 'ticket_queue_list', 'ticket_assignee_list'];

const documents = `
  -- head: subject, name and addresses of the requester; texts: what was said. Kept by triggers, so that no writer,
  -- of whatever release, can forget it.
  create table if not exists ticket_search (
    ticket_id bigint primary key references ticket on delete cascade,
    head tsvector not null,
    texts tsvector not null
  );

  -- Words are words of the configuration "russian", which takes English ones too; ё is е. Places of words are not
  -- kept. The limits keep a document below what a tsvector can hold, whatever was written.
  create or replace function ticket_search_words(words text) returns tsvector language sql immutable parallel safe as
    $$ select strip(to_tsvector('pg_catalog.russian', translate(words, 'ёЁ', 'еЕ'))) $$;

  -- By what an address is found: a mail address whole, by the parts of its name and by its domain; a phone number
  -- from its beginning (+7495…) and from its end (<7654…); any other whole.
  create or replace function ticket_search_address(kind text, value text) returns text[]
    language sql immutable parallel safe as $$
    select case kind
      when 'email' then array[left(lower(value), 300), '@' || left(split_part(lower(value), '@', 2), 300)]
        || array(select left(part, 300) from regexp_split_to_table(split_part(lower(value), '@', 1), '[^[:alnum:]]+') part
                 where length(part) > 1)
      when 'phone' then array[left(split_part(value, ';', 1), 40),
        '<' || left(reverse(regexp_replace(split_part(value, ';', 1), '[^0-9]', '', 'g')), 40)]
      else array[left(lower(value), 300)]
    end $$;

  create or replace function ticket_search_heads(ids bigint[]) returns table (ticket_id bigint, head tsvector)
    language sql stable as $$
    select t.id, ticket_search_words(left(t.subject, 1000) || ' ' || left(coalesce(r.name, ''), 1000))
      -- Names as they are, too: the grammar takes «Иванов» and «Иванова» for words apart.
      || strip(to_tsvector('pg_catalog.simple', translate(left(coalesce(r.name, ''), 1000), 'ёЁ', 'еЕ')))
      || coalesce(a.lexemes, ''::tsvector)
    from ticket t
    join requester o on o.id = t.requester_id
    join requester r on r.id = coalesce(o.merged_into, o.id)
    cross join lateral (
      select array_to_tsvector(array_agg(distinct lexeme)) as lexemes
      from (select kind, value from requester_address where requester_id = r.id order by id desc limit 100) known,
        unnest(ticket_search_address(known.kind, known.value)) lexeme
      where lexeme <> '') a
    where t.id = any(ids) $$;

  -- The newest first: where there is too much of it, the oldest is left out.
  create or replace function ticket_search_texts(ids bigint[]) returns table (ticket_id bigint, texts tsvector)
    language sql stable as $$
    select wanted.id, coalesce(ticket_search_words(said.words), ''::tsvector)
    from unnest(ids) wanted (id)
    cross join lateral (
      select left(string_agg(left(concat_ws(' ', m.subject, m.text), 20000), ' ' order by m.id desc), 100000) as words
      from (select id, subject, text from message
            where ticket_id = wanted.id and type <> 'acknowledgement' order by id desc limit 500) m) said $$;`;

const triggers = `
  -- Tickets are held before their documents and in the order of their ids, as by everybody: no two wait in a ring.
  create or replace function ticket_search_write(ids bigint[]) returns void language plpgsql as $$
    begin
      perform from ticket where id = any(ids) order by id for no key update;
      insert into ticket_search (ticket_id, head, texts)
        select h.ticket_id, h.head, x.texts from ticket_search_heads(ids) h join ticket_search_texts(ids) x using (ticket_id)
        order by h.ticket_id
        on conflict (ticket_id) do update set head = excluded.head, texts = excluded.texts;
    end $$;

  create or replace function ticket_search_write_heads(ids bigint[]) returns void language plpgsql as $$
    begin
      perform from ticket where id = any(ids) order by id for no key update;
      update ticket_search s set head = h.head from ticket_search_heads(ids) h
        where s.ticket_id = h.ticket_id and s.head <> h.head;
    end $$;

  -- What somebody is called changes seldom and mostly before there are tickets. Of a robot's thousands the newest do.
  create or replace function ticket_search_of_requesters(requesters bigint[]) returns void language plpgsql as $$
    declare ids bigint[];
    begin
      select array_agg(t.id) into ids from (select distinct unnest(requesters) as id) r
        cross join lateral (select id from ticket where requester_id = r.id order by updated_at desc limit 1000) t;
      if ids is not null then perform ticket_search_write_heads(ids); end if;
    end $$;

  create or replace function ticket_search_said() returns trigger language plpgsql as $$
    declare ids bigint[]; others bigint[];
    begin
      select array_agg(distinct ticket_id) into ids from added where type <> 'acknowledgement';
      if ids is null then return null; end if;
      perform from ticket where id = any(ids) order by id for no key update;
      with said as (
        select ticket_id, ticket_search_words(
          left(string_agg(left(concat_ws(' ', subject, text), 20000), ' ' order by id desc), 40000)) as words
        from added where type <> 'acknowledgement' group by ticket_id
      ), appended as (
        update ticket_search s set texts = s.texts || said.words from said
        where s.ticket_id = said.ticket_id and pg_column_size(s.texts || ''::tsvector) < 400000 returning s.ticket_id
      )
      -- Those that have no document yet, and those whose document is full and begins anew.
      select array_agg(wanted.id) into others from unnest(ids) wanted (id)
        where wanted.id not in (select ticket_id from appended);
      if others is not null then perform ticket_search_write(others); end if;
      return null;
    end $$;

  create or replace function ticket_search_said_anew() returns trigger language plpgsql as $$
    declare ids bigint[];
    begin
      if tg_op = 'DELETE' then
        select array_agg(distinct ticket_id) into ids from removed;
      else
        select array_agg(distinct changed.id) into ids
        from removed o join added n using (id) cross join lateral (values (o.ticket_id), (n.ticket_id)) changed (id)
        where (o.ticket_id, o.text, o.subject) is distinct from (n.ticket_id, n.text, n.subject);
      end if;
      if ids is not null then perform ticket_search_write(ids); end if;
      return null;
    end $$;

  create or replace function ticket_search_renamed() returns trigger language plpgsql as $$
    begin
      perform ticket_search_write_heads(array[new.id]);
      return null;
    end $$;

  create or replace function ticket_search_requester() returns trigger language plpgsql as $$
    begin
      perform ticket_search_of_requesters(array[new.id]);
      return null;
    end $$;

  create or replace function ticket_search_addresses() returns trigger language plpgsql as $$
    begin
      perform ticket_search_of_requesters(array(select requester_id from added));
      return null;
    end $$;

  create or replace function ticket_search_address_moved() returns trigger language plpgsql as $$
    begin
      perform ticket_search_of_requesters(
        case tg_op when 'DELETE' then array[old.requester_id] else array[old.requester_id, new.requester_id] end);
      return null;
    end $$;

  create or replace trigger ticket_search_said after insert on message referencing new table as added
    for each statement execute function ticket_search_said();
  create or replace trigger ticket_search_changed after update on message
    referencing old table as removed new table as added for each statement execute function ticket_search_said_anew();
  create or replace trigger ticket_search_removed after delete on message referencing old table as removed
    for each statement execute function ticket_search_said_anew();
  create or replace trigger ticket_search_renamed after update of subject, requester_id on ticket for each row
    when (old.subject <> new.subject or old.requester_id <> new.requester_id) execute function ticket_search_renamed();
  create or replace trigger ticket_search_requester after update of name, merged_into on requester for each row
    when (old.name is distinct from new.name or old.merged_into is distinct from new.merged_into)
    execute function ticket_search_requester();
  create or replace trigger ticket_search_addresses after insert on requester_address referencing new table as added
    for each statement execute function ticket_search_addresses();
  create or replace trigger ticket_search_address_moved after update of requester_id, kind, value on requester_address
    for each row when (old.requester_id <> new.requester_id or old.kind <> new.kind or old.value <> new.value)
    execute function ticket_search_address_moved();
  create or replace trigger ticket_search_address_removed after delete on requester_address
    for each row execute function ticket_search_address_moved();`;

const waiting = `
  -- Since when the requester waits for the desk, without a break; empty while it is the requester's turn, and after.
  alter table ticket add column if not exists waiting_since timestamptz;
  create or replace function ticket_waits() returns trigger language plpgsql as $$
    begin
      new.waiting_since := case
        when new.state not in ('waiting', 'open') then null
        when tg_op = 'INSERT' then coalesce(new.waiting_since, new.created_at)
        else coalesce(old.waiting_since, now()) end;
      return new;
    end $$;
  create or replace trigger ticket_begins_to_wait before insert on ticket for each row execute function ticket_waits();
  create or replace trigger ticket_waits before update of state on ticket for each row
    when (old.state <> new.state) execute function ticket_waits();`;
