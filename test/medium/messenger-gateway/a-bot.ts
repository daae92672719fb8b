import type { Account, CursorPosition, Inbox, OutboundItem, RawItem } from '#libs/channels';
import type { OutboundMessage } from '#libs/contracts';
import type { PlatformConfig } from '#libs/platform';
import { telegramSettings, type TelegramSettings } from '../../../apps/messenger-gateway/src/telegram/settings.js';
import { TelegramAdapter } from '../../../apps/messenger-gateway/src/telegram/telegram.adapter.js';
import type { BotApiEmulator } from '../../support/bot-api-emulator.js';

export const anAdapter = (publicUrl = 'http://127.0.0.1:9'): TelegramAdapter =>
  new TelegramAdapter({ PUBLIC_URL: publicUrl } as PlatformConfig);

export function anAccount(server: BotApiEmulator, settings: Partial<TelegramSettings> = {}): Account<TelegramSettings> {
  return {
    id: '1',
    name: 'main',
    address: '@desk_bot',
    settings: telegramSettings.parse({ token: server.token, apiRoot: server.url, ...settings }),
  };
}

export const aMessage = (more: Partial<OutboundMessage> = {}): OutboundMessage => ({
  v: 1,
  to: '42',
  text: 'Готово',
  attachments: [],
  references: [],
  automatic: false,
  ticketNumber: '1042',
  locale: 'ru',
  ...more,
});

/** An item with the bytes of its attachments, by content key. */
export const anItem = (message: OutboundMessage, files: Readonly<Record<string, Uint8Array>> = {}): OutboundItem => ({
  message,
  externalId: 'tag.k3v9x2m4q7ab',
  createdAt: new Date('2026-03-02T09:30:00Z'),
  file: async (content) => {
    const bytes = files[content];
    if (!bytes) throw new Error(`no file ${content}`);
    return bytes;
  },
});

export const openFence = async (): Promise<void> => {};

/** Keeps what an adapter stores, and can be made to fail as a database would. */
export class InboxInMemory implements Inbox {
  readonly items: RawItem[] = [];
  readonly cursors: CursorPosition[] = [];
  readonly reports: (string | undefined)[] = [];
  failing: Error | undefined;
  private readonly waiting: { readonly holds: () => boolean; readonly done: () => void }[] = [];

  async cursor(): Promise<CursorPosition | undefined> {
    return this.cursors.at(-1);
  }

  async put(items: readonly RawItem[], cursor?: CursorPosition): Promise<number> {
    if (this.failing) throw this.failing;
    const fresh = items.filter((item) => !this.items.some(({ externalKey }) => externalKey === item.externalKey));
    this.items.push(...fresh);
    if (cursor) this.cursors.push(cursor);
    this.look();
    return fresh.length;
  }

  async report(trouble: { readonly code: string } | undefined): Promise<void> {
    this.reports.push(trouble?.code);
    this.look();
  }

  until(holds: () => boolean): Promise<void> {
    return new Promise((done) => {
      this.waiting.push({ holds, done });
      this.look();
    });
  }

  texts(): unknown[] {
    return this.items.map(({ bytes }) => JSON.parse(Buffer.from(bytes).toString()).message?.text);
  }

  private look(): void {
    for (const { holds, done } of this.waiting) if (holds()) done();
  }
}
