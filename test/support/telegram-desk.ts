import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rows } from '#libs/database';
import { BotApiEmulator } from './bot-api-emulator.js';
import { aDatabase, type TestDatabase } from './database.js';
import { DeskProcesses } from './desk-processes.js';
import { eventually } from './eventually.js';

export interface Ticket {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly assignee: { readonly name: string } | null;
}

export interface TicketMessage {
  readonly id: string;
  readonly type: string;
  readonly text: string;
  readonly version: number;
  readonly editedAt: string | null;
  readonly attachments: readonly { readonly id: string; readonly name: string; readonly missing: string | null }[];
  readonly delivery: { readonly state: string; readonly reasonCode: string | null } | null;
}

const apiKey = 'bootstrap-key-of-the-telegram-stories';
const roles = ['router', 'messenger-gateway', 'desk-api'] as const;

/** A desk of separate processes with one Telegram bot, one queue and one specialist who is there. */
export class TelegramDesk {
  readonly telegram: BotApiEmulator;
  private readonly processes: DeskProcesses;
  private url = '';

  private constructor(
    readonly database: TestDatabase,
    telegram: BotApiEmulator,
    private readonly folder: string,
  ) {
    this.telegram = telegram;
    this.processes = new DeskProcesses({
      DATABASE_URL: database.url,
      REDIS_URL: process.env.TEST_REDIS_URL,
      QUEUE_PREFIX: new URL(database.url).pathname.slice(1),
      DATA_DIR: folder,
      BOOTSTRAP_API_KEY: apiKey,
    });
  }

  static async start(settings: Readonly<Record<string, unknown>> = {}): Promise<TelegramDesk> {
    const folder = await mkdtemp(join(tmpdir(), 'telegram-desk-'));
    const desk = new TelegramDesk(await aDatabase(), await BotApiEmulator.start(), folder);
    try {
      await rows(
        desk.database.db,
        `insert into queue (key, title) values ('first-line', '{"ru":"Первая","en":"First"}')`,
      );
      const running = await Promise.all(roles.map((role) => desk.processes.start(role)));
      desk.url = `http://127.0.0.1:${running.find(({ role }) => role === 'desk-api')?.port}`;
      await desk.hire();
      await desk.addBot(settings);
      return desk;
    } catch (error) {
      await desk.close();
      throw error;
    }
  }

  /** Where the API answers. */
  get api(): string {
    return this.url;
  }

  async call<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(`${this.url}/api/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`);
    return (answer && JSON.parse(answer)) as Answer;
  }

  async upload(name: string, mediaType: string, bytes: Uint8Array): Promise<string> {
    const form = new FormData();
    form.append('file', new Blob([bytes], { type: mediaType }), name);
    const headers = { authorization: `Bearer ${apiKey}` };
    const response = await fetch(`${this.url}/api/v1/attachments`, { method: 'POST', headers, body: form });
    return ((await response.json()) as { upload: string }).upload;
  }

  async download(ticketId: string, attachmentId: string): Promise<Buffer> {
    const headers = { authorization: `Bearer ${apiKey}` };
    const response = await fetch(`${this.url}/api/v1/tickets/${ticketId}/attachments/${attachmentId}`, { headers });
    return Buffer.from(await response.arrayBuffer());
  }

  /** Oldest first, once there are `count`. */
  async tickets(count: number): Promise<Ticket[]> {
    const list = async (): Promise<Ticket[]> => (await this.call<{ items: Ticket[] }>('GET', 'tickets')).items;
    const found = await eventually(async () => {
      const items = await list();
      return items.length >= count && items;
    });
    return found.toSorted((a, b) => Number(a.id) - Number(b.id));
  }

  /** The messages of a ticket, once they are as wanted. */
  messages(ticketId: string, wanted: (messages: TicketMessage[]) => boolean): Promise<TicketMessage[]> {
    const path = `tickets/${ticketId}/messages`;
    return eventually(async () => {
      const { items } = await this.call<{ items: TicketMessage[] }>('GET', path);
      return wanted(items) && items;
    });
  }

  async close(): Promise<void> {
    await this.processes.stop();
    await this.telegram.close();
    await this.database.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async hire(): Promise<void> {
    const { items } = await this.call<{ items: { id: string }[] }>('GET', 'queues');
    const person = { email: 'anna@desk.test', name: 'Анна', role: 'specialist', password: 'a long enough password' };
    const { id } = await this.call<{ id: string }>('POST', 'people', person);
    await rows(this.database.db, 'insert into specialist (id) values ($1) on conflict do nothing', [id]);
    await this.call('PUT', `specialists/${id}/queues`, { queueIds: items.map((queue) => queue.id) });
    await this.call('PUT', `specialists/${id}/capacity`, { capacity: 100 });
    await this.call('PUT', `specialists/${id}/presence`, { presence: 'on' });
  }

  private async addBot(settings: Readonly<Record<string, unknown>>): Promise<void> {
    await this.call('POST', 'accounts', {
      channel: 'telegram',
      name: 'main',
      settings: { token: this.telegram.token, apiRoot: this.telegram.url, publicUrl: this.url, ...settings },
    });
    await this.telegram.until(() => this.telegram.calls.some((call) => /getUpdates|setWebhook/.test(call)), 20_000);
  }
}
