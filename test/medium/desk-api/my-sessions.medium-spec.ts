import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rows } from '#libs/database';
import { aDesk, emailOf, password, type TestDesk } from './support/desk.js';

jest.setTimeout(30_000);
let desk: TestDesk;
beforeAll(async () => {
  desk = await aDesk();
});
afterAll(() => desk.close());

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:143.0) Gecko/20100101 Firefox/143.0';

/** Signs the specialist in with this program and gives the cookie. */
const signInWith = async (userAgent: string): Promise<string> => {
  const body = { email: emailOf('specialist'), password };
  const { headers } = await desk.call('POST', '/api/v1/session', { body, headers: { 'user-agent': userAgent } });
  return headers.getSetCookie()[0]?.split(';', 1)[0] ?? '';
};

const list = async (cookie: string) => (await desk.call('GET', '/api/v1/me/sessions', { cookie })).body;
const works = async (cookie: string) => (await desk.call('GET', '/api/v1/me', { cookie })).status === 200;

describe('own sessions', () => {
  it('are listed in plain words, with the one that asks marked, and without what opens them', async () => {
    const office = await signInWith(firefox);
    const script = await signInWith('curl/8.14.1');
    const other = await desk.signIn('director');
    const { items, next } = await list(office);
    expect(next).toBeNull();
    expect(items).toEqual([
      expect.objectContaining({ device: 'программа', browser: 'program', system: null, current: false }),
      expect.objectContaining({ device: 'Firefox на Windows', browser: 'firefox', system: 'windows', current: true }),
    ]);
    expect(Object.keys(items[0]).sort()).toEqual(
      ['browser', 'createdAt', 'current', 'device', 'id', 'lastSeenAt', 'system'].sort(),
    );
    const kept = await rows<{ kept: string }>(desk.db, `select session::text as kept from session`);
    expect(JSON.stringify(kept)).not.toMatch(/Mozilla|curl/);
    expect((await list(other)).items).toHaveLength(1);
    expect(await works(script)).toBe(true);
  });

  it('show nothing that has ended by time', async () => {
    const cookie = await signInWith(firefox);
    const before = (await list(cookie)).items.length;
    await rows(
      desk.db,
      `update session set expires_at = now() where id = (select min(id) from session where browser = 'program')`,
    );
    expect((await list(cookie)).items).toHaveLength(before - 1);
  });

  it('end one by one, only by their owner, and with their event streams', async () => {
    const [mine, lost] = [await signInWith(firefox), await signInWith('curl/8.14.1')];
    const stream = await fetch(`${desk.url}/api/v1/events`, { headers: { cookie: lost } });
    const [{ id }] = (await list(lost)).items.filter(({ current }: { current: boolean }) => current);
    const stranger = await desk.signIn('administrator');
    const end = (cookie: string) => desk.call('DELETE', `/api/v1/me/sessions/${id}`, { cookie });
    expect((await end(stranger)).status).toBe(404);
    expect(await works(lost)).toBe(true);
    expect((await end(mine)).status).toBe(204);
    expect(await works(lost)).toBe(false);
    expect((await end(mine)).status).toBe(404);
    // The stream ends at once, not at the next look of the server.
    await stream.text();
    expect(await works(mine)).toBe(true);
  });

  it('end all but the one that asks', async () => {
    const [mine, one, two] = [await signInWith(firefox), await signInWith(firefox), await signInWith(firefox)];
    const bystander = await desk.signIn('director');
    expect((await desk.call('DELETE', '/api/v1/me/sessions', { cookie: mine })).status).toBe(204);
    expect(await Promise.all([mine, one, two, bystander].map(works))).toEqual([true, false, false, true]);
    expect((await list(mine)).items).toHaveLength(1);
  });

  it('may end themselves, which takes the cookie away', async () => {
    const cookie = await signInWith(firefox);
    const [{ id }] = (await list(cookie)).items.filter(({ current }: { current: boolean }) => current);
    const { headers } = await desk.call('DELETE', `/api/v1/me/sessions/${id}`, { cookie });
    expect(headers.getSetCookie()[0]).toMatch(/^sb_session=;/);
    expect(await works(cookie)).toBe(false);
  });

  it('are not for keys', async () => {
    const key = await desk.keyWith('people:manage');
    expect((await desk.call('GET', '/api/v1/me/sessions', { key })).status).toBe(403);
  });

  it.each(['0x1', '-1', 'null', '1;drop', '%00'])('refuse the id %s', async (id) => {
    const cookie = await desk.signIn('director');
    expect((await desk.call('DELETE', `/api/v1/me/sessions/${id}`, { cookie })).status).toBe(404);
  });
});
