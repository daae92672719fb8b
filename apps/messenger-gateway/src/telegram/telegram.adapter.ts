import { Injectable } from '@nestjs/common';
import type {
  Account,
  AccountFacts,
  AddressOf,
  Capabilities,
  ChannelAdapter,
  Check,
  Fence,
  Hook,
  Inbox,
  Normalized,
  OutboundItem,
  Place,
  RawItem,
  Sent,
} from '#libs/channels';
import type { OutboundMessage } from '#libs/contracts';
import { PlatformConfig, text } from '#libs/platform';
import { accountTrouble, ApiFailure, fetchingFailure, holdAccount } from './api-failure.js';
import { limits, splitMessage } from './compose-call.js';
import { deliverItem } from './delivery.client.js';
import { keepWebhook, pollUpdates } from './intake.client.js';
import { maxDownload } from './message-content.js';
import { fromRaw } from './raw-update.js';
import { telegramSettings, type TelegramSettings } from './settings.js';
import { readUpdate } from './telegram-update.js';
import { TelegramClient } from './telegram.client.js';

type Bot = Account<TelegramSettings>;

/** Telegram: people write to a bot in private. */
@Injectable()
export class TelegramAdapter implements ChannelAdapter<TelegramSettings> {
  static readonly kind = 'telegram';
  readonly kind = TelegramAdapter.kind;
  readonly settings = telegramSettings;
  readonly rawFile = { name: 'update.json', mediaType: 'application/json' };

  readonly can: Capabilities = {
    subject: false,
    html: false,
    maxText: limits.text,
    maxFileBytes: limits.fileBytes,
    maxFiles: limits.album,
    edits: false,
    reply: true,
    initiate: false,
  };

  readonly hook: Hook = {
    secretHeader: 'x-telegram-bot-api-secret-token',
    secretSetting: 'webhookSecret',
    externalKey: ['/update_id'],
    orderKey: ['/message/chat/id', '/edited_message/chat/id', '/my_chat_member/chat/id'],
  };

  constructor(private readonly config: PlatformConfig) {}

  async receive(account: Bot, inbox: Inbox, stop: AbortSignal): Promise<void> {
    return this.with(account, async (client) => {
      try {
        await this.takeIn(client, account, inbox, stop);
      } catch (error) {
        if (stop.aborted) return;
        if (!(error instanceof ApiFailure)) throw error;
        const code = accountTrouble(error) ?? 'unreachable';
        await inbox.report({ code, detail: error.message });
        throw holdAccount(code, error);
      }
    });
  }

  normalize(raw: RawItem, account: AccountFacts): Normalized {
    return { message: readUpdate(fromRaw(raw.bytes), account), files: [] };
  }

  async fetchFile(account: Bot, remote: string, stop: AbortSignal): Promise<Uint8Array> {
    return this.with(account, async (client) => {
      try {
        return await client.download(remote, maxDownload, stop);
      } catch (error) {
        throw error instanceof ApiFailure ? fetchingFailure(error) : error;
      }
    });
  }

  split(message: OutboundMessage): readonly OutboundMessage[] {
    return splitMessage(message);
  }

  async send(account: Bot, item: OutboundItem, fence: Fence, stop: AbortSignal): Promise<Sent> {
    return this.with(account, (client) => deliverItem(client, item, fence, stop));
  }

  async verify(account: Bot, stop: AbortSignal, addressOf?: AddressOf): Promise<readonly Check[]> {
    const ask = async (client: TelegramClient): Promise<readonly Check[]> => {
      try {
        const { username } = await client.call('getMe', {}, stop);
        return [{ step: 'sign-in', ok: true, detail: `@${username}` }];
      } catch (error) {
        if (!(error instanceof ApiFailure)) throw error;
        return [{ step: 'sign-in', ok: false, code: accountTrouble(error) ?? 'unreachable', detail: error.message }];
      }
    };
    return this.with(account, ask, addressOf);
  }

  /** The server of the Bot API, or the proxy that alone is connected to. */
  places({ apiRoot, proxy }: TelegramSettings): readonly Place[] {
    const { hostname, protocol, port } = new URL(proxy ?? apiRoot);
    return [{ side: 'api', host: hostname, port: Number(port || (protocol === 'https:' ? 443 : 80)) }];
  }

  private async with<T>(
    { settings }: Bot,
    work: (client: TelegramClient) => Promise<T>,
    addressOf?: AddressOf,
  ): Promise<T> {
    const client = new TelegramClient(settings, addressOf);
    try {
      return await work(client);
    } finally {
      client.close();
    }
  }

  /** A convenience: a server that does not take it (an old one of one's own) still serves the bot. */
  private async offerCommands(client: TelegramClient, stop: AbortSignal): Promise<void> {
    for (const commands of commandMenus) {
      await client.call('setMyCommands', commands, stop).catch((error: unknown) => {
        if (!(error instanceof ApiFailure) || !error.answer || accountTrouble(error)) throw error;
      });
    }
  }

  private async takeIn(client: TelegramClient, account: Bot, inbox: Inbox, stop: AbortSignal): Promise<void> {
    await this.offerCommands(client, stop);
    const { mode, publicUrl = this.config.PUBLIC_URL, webhookSecret } = account.settings;
    if (mode === 'webhook' && webhookSecret) {
      const url = `${publicUrl.replace(/\/+$/, '')}/hooks/${this.kind}/${encodeURIComponent(account.name)}`;
      return keepWebhook(client, { url, secret: webhookSecret }, inbox, stop);
    }
    await client.call('deleteWebhook', {}, stop);
    return pollUpdates(client, inbox, stop);
  }
}

/** What the messenger offers when a person types a slash: in Russian, and in English to whoever has chosen that. */
const commandMenus = [{ locale: 'ru' as const }, { locale: 'en' as const, language_code: 'en' }].map(
  ({ locale, ...language }) => ({
    ...language,
    commands: [
      { command: 'new', description: text(locale, 'telegram.commands.new') },
      { command: 'status', description: text(locale, 'telegram.commands.status') },
    ],
  }),
);
