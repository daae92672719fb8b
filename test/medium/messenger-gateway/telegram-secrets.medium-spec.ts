import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { BotApiEmulator } from '../../support/bot-api-emulator.js';

let server: BotApiEmulator;
beforeEach(async () => {
  server = await BotApiEmulator.start();
  server.chats.userOpens(42);
});
afterEach(() => server.close());

const client = new URL('../../../dist/apps/messenger-gateway/src/telegram/telegram.client.js', import.meta.url).href;

describe('the client with every debug line switched on', () => {
  it('prints no token, no secret and no text', async () => {
    const settings = { token: server.token, apiRoot: server.url };
    const program = `
      const { TelegramClient } = await import('${client}');
      const bot = new TelegramClient(${JSON.stringify(settings)});
      const stop = AbortSignal.timeout(10_000);
      await bot.call('setWebhook', { url: 'http://127.0.0.1:9/', secret_token: 'hook-secret-1234' }, stop);
      await bot.deliver('sendMessage', { chat_id: 42, text: 'private-words' }, async () => {}, stop);
      await bot.call('getFile', { file_id: 'none' }, stop).catch((error) => console.error(error));
      bot.close();`;
    const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program], {
      env: { ...process.env, DEBUG: '*' },
    });
    expect(server.accepted).toHaveLength(1);
    for (const secret of [server.token, 'hook-secret-1234', 'private-words'])
      expect(stdout + stderr).not.toContain(secret);
  });
});
