import pg from 'pg';

const sentences = [
  'Не могу войти в личный кабинет, пароль не подходит',
  'Не открывается курс по охране труда',
  'Забыл пароль и логин, пришлите новый',
  'Материалы второго модуля не загружаются',
  'Как получить доступ к электронной библиотеке',
  'Видео на странице не воспроизводится, звука тоже нет',
  'После обновления браузера сайт показывает ошибку',
  'Прошу записать на консультацию преподавателя',
  'Тест завершился раньше времени, результат не сохранился',
  'Не приходит письмо с подтверждением регистрации',
  'Нужно изменить фамилию в удостоверении',
  'Вебинар не запускается, камера не работает',
  'Cannot open the course, the page says access denied',
  'The password reset link has expired',
];
const surnames =
  'Иванов Петров Сидоров Смирнов Кузнецов Попов Васильев Соколов Михайлов Новиков Фёдоров Морозов Волков Алексеев'.split(
    ' ',
  );
const names = 'Анна Мария Елена Ольга Наталья Ирина Светлана Пётр Иван Алексей Дмитрий Сергей Андрей Николай'.split(
  ' ',
);
const syllables = 'ба во ги ду же за ки ло ме но пи ру са те фо ха це чу ша щи'.split(' ');
const endings = ['', 'ние', 'ность', 'тель', 'ка', 'ция', 'ник', 'ство', 'тор', 'ация'];

/** The desk around the tickets: few rows that every list names. */
const surroundings = `
  insert into queue (key, title) select 'q' || n, jsonb_build_object('ru', 'Очередь ' || n, 'en', 'Queue ' || n)
    from generate_series(1, 11) n;
  insert into kind (key, title) select 'k' || n, jsonb_build_object('ru', 'Вид ' || n, 'en', 'Kind ' || n)
    from generate_series(1, 8) n;
  insert into person (email, name, role) select 's' || n || '@desk.test', 'Специалист ' || n, 'specialist'
    from generate_series(1, 49) n;
  insert into specialist (id, presence) select id, 'on' from person;`;

/**
 * One statement: requesters with two addresses each, tickets of five years of which the newest are partly open, a
 * message each, and their documents as the desk's own functions make them. Words are as in a language: a few are in
 * every third ticket, most in very few. An eleventh queue has old tickets only.
 */
const everything = `
  with person as (
    insert into requester (id, name) overriding system value
    select n, ($3::text[])[1 + n % 14] || ' ' || ($4::text[])[1 + (n / 14) % 14] from generate_series(1, $1 / 10) n
    returning id, name
  ), address as (
    insert into requester_address (requester_id, kind, value)
    select n, kind, value from generate_series(1, $1 / 10) n,
      lateral (values ('email', 'user' || n || '@mail' || n % 50 || '.test'),
        ('phone', '+7916' || lpad(n::text, 7, '0'))) known (kind, value)
    returning requester_id, kind, value
  ), opened as (
    insert into ticket (id, number, subject, state, queue_id, kind, priority, requester_id, assignee_id, channel,
      created_at, updated_at, waiting_since, closed_at)
    overriding system value
    select n, 1000 + n, ($2::text[])[1 + floor(random() * 14)], state,
      case when n <= $1 / 50 then 11 else 1 + floor(power(random(), 2) * 10) end,
      'k' || 1 + floor(power(random(), 2) * 8), case when random() < 0.02 then 10 else 0 end,
      1 + floor(random() * ($1 / 10)), case when state <> 'waiting' then 1 + floor(random() * 50) end,
      (array['email', 'email', 'email', 'form', 'form', 'telegram', 'phone'])[1 + floor(random() * 7)],
      at, least(now(), at + random() * interval '5 days'),
      case when state in ('waiting', 'open') then at end, case when state = 'closed' then at + interval '5 days' end
    from generate_series(1, $1) n,
      lateral (select now() - (1 - n::float / $1) * interval '5 years' as at) time,
      lateral (select case when random() < case when n > $1 * 0.97 then 0.5 else 0.998 end then 'closed'
        else (array['waiting', 'open', 'open', 'pending', 'pending'])[1 + floor(random() * 5)] end as state
        where n > 0) standing
    returning id, subject, requester_id
  ), said as (
    insert into message (ticket_id, type, channel, author_type, text)
    select id, 'inbound', 'email', 'requester', ($2::text[])[1 + floor(random() * 14)] || ' ' || (
      select string_agg(($5::text[])[1 + rank / 400] || ($5::text[])[1 + rank / 20 % 20] || ($5::text[])[1 + rank % 20]
        || ($6::text[])[1 + rank % 10], ' ')
      from (select floor(power(random(), 3) * 8000)::int as rank from generate_series(1, 25) where id > 0) chosen)
    from opened returning ticket_id, text
  ), known as (
    select requester_id, array_to_tsvector(array_agg(lexeme)) as lexemes
    from address, unnest(ticket_search_address(kind, value)) lexeme group by requester_id
  )
  insert into ticket_search (ticket_id, head, texts)
  select o.id, ticket_search_words(o.subject || ' ' || p.name) || strip(to_tsvector('pg_catalog.simple', p.name)) || k.lexemes,
    ticket_search_words(s.text)
  from opened o join said s on s.ticket_id = o.id join person p on p.id = o.requester_id
  join known k on k.requester_id = p.id`;

const filled = ['ticket', 'ticket_search', 'message', 'requester', 'requester_address'];

/** Fills a migrated, empty database with so many tickets; indexes are made after, in one go each. */
export async function fillDesk(url: string, tickets: number): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(surroundings);
    await client.query(`set maintenance_work_mem = '1GB'; set work_mem = '256MB'`);
    // No trigger and no foreign key is asked, row by row, about rows that are right as they are.
    await client.query('set session_replication_role = replica');
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition from pg_index i
       where not i.indisunique and i.indrelid = any($1::regclass[])`,
      [filled],
    );
    for (const { name } of indexes) await client.query(`drop index ${name}`);
    await client.query(everything, [tickets, sentences, names, surnames, syllables, endings]);
    for (const { definition } of indexes) await client.query(definition);
    await client.query(`vacuum (analyze) ${filled.join(', ')}`);
  } finally {
    await client.end();
  }
}
