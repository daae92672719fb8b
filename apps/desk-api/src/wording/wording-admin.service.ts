import { Injectable } from '@nestjs/common';
import { ChannelsRepository } from '#libs/channels';
import type { Locale } from '#libs/contracts';
import { Database, type Db } from '#libs/database';
import { DeskError, PlatformConfig } from '#libs/platform';
import { EventsRepository } from '#libs/queue';
import {
  type AcknowledgementTemplate,
  anyChannel,
  type DeskSettings,
  unknownPlaceholders,
  WordingRepository,
} from '#libs/tickets';
import { mustMatch, type SeenVersions } from '../versions/version-tag.js';

type SettingsChange = { readonly [Key in keyof DeskSettings]?: DeskSettings[Key] | undefined };

/** Number of a ticket in a preview. */
const sampleNumber = '1001';

/** What the desk says in its own words, as it is set up. */
@Injectable()
export class WordingAdmin {
  constructor(
    private readonly database: Database,
    private readonly wordings: WordingRepository,
    private readonly channels: ChannelsRepository,
    private readonly events: EventsRepository,
    private readonly config: PlatformConfig,
  ) {}

  async templates(): Promise<AcknowledgementTemplate[]> {
    return (await this.wordings.now(this.database.db)).all();
  }

  write(locale: Locale, channel: string, versions: SeenVersions, text: string): Promise<AcknowledgementTemplate> {
    mustBeKnown(text);
    return this.database.transaction(async (tx) => {
      await this.mustBeChannel(tx, channel);
      // Its row is there at any time, so that two who write one text at once see each other.
      await this.wordings.lockSettings(tx);
      mustMatch(versions, (await this.own(tx, locale, channel))?.version ?? 0);
      const written = await this.wordings.write(tx, locale, channel, text);
      await this.tell(tx, 'templates');
      return written;
    });
  }

  remove(locale: Locale, channel: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      if (!(await this.wordings.remove(tx, locale, channel))) throw new DeskError('not_found', 'refusal.noTemplate');
      await this.tell(tx, 'templates');
    });
  }

  /** What a requester would read. */
  async preview(locale: Locale, channel: string, template: string) {
    mustBeKnown(template);
    const { db } = this.database;
    await this.mustBeChannel(db, channel);
    const text = (await this.wordings.now(db)).fill(template, locale, sampleNumber);
    const maxText = (await this.channels.get(db, channel))?.capabilities.maxText ?? null;
    return { text, length: text.length, maxText, fits: maxText === null || text.length <= maxText };
  }

  async settings() {
    const { settings } = await this.wordings.now(this.database.db);
    return this.view({ ...settings, version: await this.wordings.settingsVersion(this.database.db) });
  }

  change(versions: SeenVersions, change: SettingsChange) {
    return this.database.transaction(async (tx) => {
      const { version: before, ...settings } = await this.wordings.lockSettings(tx);
      mustMatch(versions, before);
      const given = Object.entries(change).filter(([, value]) => value !== undefined);
      const next: DeskSettings = { ...settings, ...Object.fromEntries(given) };
      const version = await this.wordings.saveSettings(tx, next);
      await this.tell(tx, 'settings');
      return this.view({ ...next, version });
    });
  }

  private async own(tx: Db, locale: Locale, channel: string): Promise<AcknowledgementTemplate | undefined> {
    const found = (await this.wordings.now(tx)).template(locale, channel);
    return found.channel === channel ? found : undefined;
  }

  private async mustBeChannel(db: Db, channel: string): Promise<void> {
    if (channel === anyChannel || (await this.channels.get(db, channel))) return;
    throw new DeskError('invalid_input', undefined, [{ path: 'channel', message: 'fault.channelNotServed' }]);
  }

  private view(settings: DeskSettings & { readonly version: number }) {
    const { DESK_NAME: name, PUBLIC_URL: publicUrl, DESK_LOCALE: locale, PHONE_REGION: phoneRegion } = this.config;
    return { ...settings, installed: { name, publicUrl, locale, phoneRegion } };
  }

  private tell(tx: Db, what: 'templates' | 'settings'): Promise<void> {
    return this.events.add(tx, [{ type: 'desk.changed', data: { what, id: null } }]);
  }
}

function mustBeKnown(template: string): void {
  const names = unknownPlaceholders(template).join(', ');
  if (names === '') return;
  const message = { text: 'fault.placeholders', names } as const;
  throw new DeskError('invalid_input', undefined, [{ path: 'text', message }]);
}
