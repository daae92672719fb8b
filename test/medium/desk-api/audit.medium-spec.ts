import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AuditLog } from '#libs/audit';
import { rows } from '#libs/database';
import { RouteTable } from '../../../apps/desk-api/src/access/route-table.service.js';
import { auditedRoutes } from '../../../apps/desk-api/src/audit/audited-routes.js';
import { aDesk, emailOf, password, type TestDesk } from './support/desk.js';

jest.setTimeout(30_000);
let desk: TestDesk;
let admin: string;
let director: string;
beforeAll(async () => {
  desk = await aDesk();
  admin = await desk.signIn('administrator');
  director = await desk.signIn('director');
});
afterAll(() => desk.close());

const audit = async (query = '') => (await desk.call('GET', `/api/v1/audit?${query}`, { cookie: director })).body;
const latest = async (query: string) => (await audit(`${query}&limit=1`)).items[0];

describe('the audit log', () => {
  it('is told by the table what is written of each route', () => {
    const untold = desk.app
      .get(RouteTable)
      .routes()
      .filter(({ id }) => auditedRoutes[id] === undefined)
      .map(({ method, path }) => `${method} ${path}`);
    expect(untold).toEqual([]);
  });

  it('leaves out only what changes nothing, or what is written down elsewhere', () => {
    const elsewhere = [
      'forms.create',
      'hooks.receive',
      'passwordLinks.look',
      'acknowledgements.preview',
      'session.passkeyOptions',
      'singleSignOn.leave',
      'myPasskeys.begin',
    ];
    const silent = desk.app
      .get(RouteTable)
      .routes()
      .filter(({ id, method }) => auditedRoutes[id] === 'none' && method !== 'GET' && !elsewhere.includes(id))
      .map(({ method, path }) => `${method} ${path}`);
    expect(silent).toEqual([]);
  });

  it('has who came in, who did not, and who went', async () => {
    const email = emailOf('specialist');
    const signIn = (word: string) =>
      desk.call('POST', '/api/v1/session', { body: { email, password: word }, headers: { 'accept-language': 'en' } });
    await signIn('a wrong wooden spoon');
    const failed = await latest('act=session.began');
    expect(failed).toMatchObject({
      outcome: 'refused',
      actor: { type: 'nobody', id: null },
      details: { reason: 'wrong_credentials', pseudonym: expect.stringMatching(/^[\w-]{16}$/) },
    });
    expect(JSON.stringify(failed)).not.toMatch(/desk\.test|spoon/);
    const cookie = (await signIn(password)).headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
    const [person] = await rows<{ id: string }>(desk.db, 'select id from person where email = $1', [email]);
    const actor = { type: 'person', id: person?.id, role: 'specialist', name: 'specialist' };
    expect(await latest('act=session.began')).toMatchObject({ outcome: 'done', actor });
    await desk.call('DELETE', '/api/v1/session', { cookie });
    expect(await latest('act=session.ended')).toMatchObject({ actor, object: { type: 'person', id: person?.id } });
  });

  it('has what an administrator changed: names of fields, no texts, no secrets', async () => {
    const body = { email: 'neu@desk.test', name: 'Мария Канарейкина', role: 'specialist', password };
    const { body: person } = await desk.call('POST', '/api/v1/people', { cookie: admin, body });
    await desk.call('PATCH', `/api/v1/people/${person.id}`, { cookie: admin, body: { role: 'director' } });
    const { items } = await audit(`object=person:${person.id}`);
    expect(items).toMatchObject([
      {
        act: 'person.changed',
        details: { fields: ['role'], 'new.role': 'director' },
        actor: { role: 'administrator' },
      },
      { act: 'person.added', details: { fields: ['email', 'name', 'password', 'role'], 'new.role': 'specialist' } },
    ]);
    expect(JSON.stringify(items)).not.toMatch(/neu@|Канарейкина|spoon/);
  });

  it('has what was refused, and whoever was not let in once for many tries', async () => {
    await desk.call('PATCH', '/api/v1/people/999999', { cookie: admin, body: { name: 'x' } });
    expect(await latest('object=person:999999')).toMatchObject({
      outcome: 'refused',
      details: { reason: 'not_found' },
    });
    const specialist = await desk.signIn('specialist');
    for (let tries = 0; tries < 3; tries++) await desk.call('GET', '/api/v1/audit', { cookie: specialist });
    const { items } = await audit('act=access.refused&object=route:audit.list');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ actor: { role: 'specialist' }, outcome: 'refused' });
  });

  it('has who looked at whose data, a repeated look once', async () => {
    const sql = `
      with r as (insert into requester (name) values ('Пётр') returning id),
        q as (insert into queue (key, title) values ('q', '{"ru":"К","en":"Q"}') returning id)
      insert into ticket (subject, queue_id, requester_id, channel)
      select 'Тема', q.id, r.id, 'email' from q, r returning id, requester_id as "requesterId"`;
    const [ticket] = await rows<{ id: string; requesterId: string }>(desk.db, sql);
    const look = (path: string) => desk.call('GET', `/api/v1/${path}`, { cookie: admin });
    for (let times = 0; times < 2; times++) {
      await look(`tickets/${ticket?.id}`);
      await look(`tickets/${ticket?.id}/messages`);
      await look(`requesters/${ticket?.requesterId}`);
      await look('tickets?state=waiting');
      await look('tickets?q=%D0%A2%D0%B5%D0%BC%D0%B0');
    }
    const acts = async (query: string) => (await audit(query)).items.map(({ act }: { act: string }) => act);
    expect(await acts(`object=ticket:${ticket?.id}`)).toEqual(['ticket.read', 'ticket.opened']);
    expect(await acts(`object=requester:${ticket?.requesterId}`)).toEqual(['requester.opened']);
    const searches = (await audit('act=ticket.searched')).items;
    expect(searches).toMatchObject([{ details: { query: ['q'] } }]);
    await look(`tickets/${ticket?.id}/attachments/77`);
    expect(await latest('object=attachment:77')).toMatchObject({
      outcome: 'refused',
      details: { through: ticket?.id, reason: 'not_found' },
    });
  });

  it('shows nothing that it cannot write down, and undoes nothing that was done', async () => {
    const log = desk.app.get(AuditLog, { strict: false });
    const add = jest.spyOn(log, 'add').mockRejectedValue(new Error('full'));
    try {
      const [{ id }] = (await rows<{ id: string }>(desk.db, 'select id from ticket limit 1')) as [{ id: string }];
      const supervisor = await desk.signIn('supervisor');
      expect((await desk.call('GET', `/api/v1/tickets/${id}`, { cookie: supervisor })).status).toBe(503);
      const body = { email: 'kept@desk.test', name: 'K', role: 'specialist' };
      expect((await desk.call('POST', '/api/v1/people', { cookie: admin, body })).status).toBe(201);
    } finally {
      add.mockRestore();
    }
    await rows(desk.db, `update audit_intent set begun_at = now() - interval '1 hour'`);
    await log.enterLost();
    expect(await latest('act=person.added')).toMatchObject({ outcome: 'unknown', actor: { role: 'administrator' } });
  });

  it('is read in pages, by time, in both languages', async () => {
    const seqs: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: { items: { seq: string }[]; next: string | null } = await audit(
        `limit=5&to=2099-01-01T00:00:00Z${next && `&cursor=${next}`}`,
      );
      seqs.push(...page.items.map(({ seq }) => seq));
      next = page.next;
    }
    expect(seqs.map(Number)).toEqual([...seqs].map(Number).sort((one, two) => two - one));
    expect(new Set(seqs).size).toBe(seqs.length);
    expect(seqs.at(-1)).toBe('1');
    expect((await audit('from=2099-01-01T00:00:00Z')).items).toEqual([]);
    const inEnglish = await desk.call('GET', '/api/v1/audit?act=person.changed', {
      cookie: admin,
      headers: { 'accept-language': 'en' },
    });
    expect([inEnglish.body.items[0].text, (await latest('act=person.changed')).text]).toEqual([
      'Person changed',
      'Изменён сотрудник',
    ]);
  });

  it.each(['actor=boss:1', 'actor=person:', 'act=drop table', 'object=a:b:c', 'from=today', 'limit=0', 'colour=red'])(
    'refuses to be asked for %s',
    async (query) => {
      const { status } = await desk.call('GET', `/api/v1/audit?${query}`, { cookie: admin });
      expect(status).toBe(400);
    },
  );

  it('is verified, and names the entry that somebody changed', async () => {
    const verify = async () => (await desk.call('GET', '/api/v1/audit/verify', { cookie: director })).body;
    expect(await verify()).toMatchObject({
      ok: true,
      broken: null,
      end: { hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    await rows(desk.db, 'alter table audit_entry disable trigger all');
    await rows(desk.db, 'grant all on audit_entry to current_user');
    await rows(desk.db, `update audit_entry set actor_id = '1' where seq = 4`);
    expect(await verify()).toMatchObject({ ok: false, broken: { seq: '4', why: 'content' }, end: { seq: '3' } });
  });
});
