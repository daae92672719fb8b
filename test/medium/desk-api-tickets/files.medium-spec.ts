import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { statusOf } from '#libs/platform';
import { AnApi, startTimeout, type Caller } from './an-api.js';

/** One file as a browser posts it. */
function multipart(name: string, type: string, bytes: Buffer): { body: Buffer; headers: Record<string, string> } {
  const head = `--edge\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: ${type}\r\n\r\n`;
  return {
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--edge--\r\n')]),
    headers: { 'content-type': 'multipart/form-data; boundary=edge' },
  };
}

const invalid = statusOf('invalid_input');

describe('files of tickets over HTTP', () => {
  let api: AnApi;
  let specialist: Caller;
  beforeAll(async () => {
    api = await AnApi.open();
    specialist = await api.person('specialist');
  }, startTimeout);
  afterAll(() => api.close());

  const attach = async (ticket: string, attachments: unknown[], who = specialist) =>
    api.call(who, 'POST', `/tickets/${ticket}/replies`, { body: { text: 'Вот', attachments } });

  it('takes an upload, sends it with an answer and gives its bytes back as a download', async () => {
    const page = Buffer.from('<script>alert(1)</script>');
    const upload = await api.call(specialist, 'POST', '/attachments', multipart('../Отчёт.html', 'text/html', page));
    expect(upload).toMatchObject({ status: 201, body: { name: 'Отчёт.html', bytes: page.byteLength } });
    const ticket = await api.ticket();
    const reply = await attach(ticket, [{ upload: upload.body.upload }]);
    const file = reply.body.message.attachments[0];
    expect(file).toMatchObject({ name: 'Отчёт.html', bytes: page.byteLength, missing: null });
    const download = await api.call(specialist, 'GET', `/tickets/${ticket}/attachments/${file?.id}`);
    expect(download.bytes).toEqual(page);
    expect(download.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': expect.stringMatching(/^attachment; /),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
    const other = await api.ticket();
    expect((await api.call(specialist, 'GET', `/tickets/${other}/attachments/${file?.id}`)).status).toBe(404);
  });

  it('takes a small file inside the answer', async () => {
    const base64 = Buffer.from('привет').toString('base64');
    const ticket = await api.ticket();
    const reply = await attach(ticket, [{ name: 'a.txt', mediaType: 'text/plain', base64 }]);
    const file = reply.body.message.attachments[0];
    const download = await api.call(specialist, 'GET', `/tickets/${ticket}/attachments/${file?.id}`);
    expect(download.bytes.toString()).toBe('привет');
  });

  it('lets nobody attach the upload of somebody else, or one that was made up', async () => {
    const upload = await api.call(
      specialist,
      'POST',
      '/attachments',
      multipart('a.txt', 'text/plain', Buffer.from('a')),
    );
    const ticket = await api.ticket();
    const other = await api.person('specialist');
    for (const [who, token] of [
      [other, upload.body.upload],
      [specialist, 'abc.def'],
    ] as const) {
      const refused = await attach(ticket, [{ upload: token }], who);
      expect(refused).toMatchObject({ status: invalid, body: { faults: [{ path: 'attachments.0.upload' }] } });
    }
  });

  it('refuses an upload that is none', async () => {
    expect((await api.call(specialist, 'POST', '/attachments', { body: {} })).status).toBe(415);
  });

  it('gives the original of a message, through its ticket only', async () => {
    const call = { phone: '8 912 345-67-89', direction: 'in', text: 'Не работает звук' };
    const logged = await api.call(specialist, 'POST', '/calls', { body: call });
    const { items } = (await api.call(specialist, 'GET', `/tickets/${logged.body.id}/messages`)).body;
    const raw = await api.call(specialist, 'GET', `/tickets/${logged.body.id}/messages/${items[0]?.id}/raw`);
    expect(JSON.parse(raw.bytes.toString())).toMatchObject({ text: 'Не работает звук', call: { direction: 'in' } });
    const other = await api.ticket();
    expect((await api.call(specialist, 'GET', `/tickets/${other}/messages/${items[0]?.id}/raw`)).status).toBe(404);
  });
});
