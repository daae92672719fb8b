import { adapterConformance } from '#libs/channels/testing';
import { readdirSync, readFileSync } from 'node:fs';
import type { RawItem } from '#libs/channels';
import { toRaw } from '../../../apps/messenger-gateway/src/telegram/raw-update.js';
import { BotApiEmulator, type Fault } from '../../support/bot-api-emulator.js';
import { aMessage, anAccount, anAdapter } from './a-bot.js';

const folder = new URL('../../fixtures/telegram/', import.meta.url);
const samples = (kind: string): { name: string; raw: RawItem }[] =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`))
    .map((name) => ({ name, raw: toRaw(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))) }));

const faults: Readonly<Record<'throttle' | 'refuse' | 'silent', Fault>> = {
  throttle: { status: 429, retryAfter: 7 },
  refuse: { status: 403 },
  silent: 'silent',
};

adapterConformance({
  adapter: () => anAdapter(),
  facts: { id: '1', address: '@desk_bot', ownAddresses: ['@desk_bot'] },
  samples: samples('message'),
  refused: samples('ignored'),
  message: aMessage(),
  throttleMs: 7_000,
  open: async () => {
    const server = await BotApiEmulator.start();
    server.chats.userOpens(42);
    return {
      account: anAccount(server),
      behave: (how) => (how === 'accept' ? server.heal() : server.fail(faults[how], { times: Infinity })),
      delivered: () => server.accepted.length,
      close: () => server.close(),
    };
  },
});
