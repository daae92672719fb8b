import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { OAuthClient } from '../../../apps/email-gateway/src/email/oauth.client.js';

describe('access tokens', () => {
  let server: Server;
  let url: string;
  let asked: URLSearchParams[];
  let answer: { status: number; body: string };
  beforeEach(async () => {
    asked = [];
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        asked.push(new URLSearchParams(Buffer.concat(chunks).toString()));
        response.writeHead(answer.status, { location: 'http://127.0.0.1:1/' }).end(answer.body);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/token`;
  });
  afterEach(async () => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  });
  const settings = () => ({ refreshToken: 'refresh', clientId: 'client', clientSecret: 'secret', tokenUrl: url });
  const token = (value: string, more: object = {}) => ({
    status: 200,
    body: JSON.stringify({ access_token: value, expires_in: 3600, ...more }),
  });

  it('are asked for once and kept until they end', async () => {
    const client = new OAuthClient();
    answer = token('one');
    expect(await client.accessToken(settings())).toBe('one');
    answer = token('two');
    expect(await client.accessToken(settings())).toBe('one');
    expect(asked.map((form) => Object.fromEntries(form))).toEqual([
      { grant_type: 'refresh_token', refresh_token: 'refresh', client_id: 'client', client_secret: 'secret' },
    ]);
    client.forget(settings());
    expect(await client.accessToken(settings())).toBe('two');
  });

  it('are asked for with the newest refresh token, and not used in their last minute', async () => {
    const client = new OAuthClient();
    answer = token('one', { expires_in: 30, refresh_token: 'next' });
    await client.accessToken(settings());
    answer = token('two');
    expect(await client.accessToken(settings())).toBe('two');
    expect(asked[1]?.get('refresh_token')).toBe('next');
  });

  it('may be fixed', async () => {
    expect(await new OAuthClient().accessToken({ accessToken: 'fixed' })).toBe('fixed');
    expect(asked).toEqual([]);
  });

  it.each([
    ['a refusal', 400, '{"error":"invalid_grant"}', 'oauth-refused'],
    ['an answer that is none', 200, '<html>', 'oauth-refused'],
    ['a redirect to somebody else', 302, '', 'oauth-unreachable'],
  ])('hold the account after %s', async (_, status, body, code) => {
    answer = { status, body };
    await expect(new OAuthClient().accessToken(settings())).rejects.toMatchObject({
      scope: 'account',
      message: expect.stringMatching(new RegExp(`^${code}`)),
    });
  });
});
