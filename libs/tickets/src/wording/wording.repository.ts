import { Injectable } from '@nestjs/common';
import type { Locale } from '#libs/contracts';
import { rows, type Db } from '#libs/database';
import { PlatformConfig } from '#libs/platform';
import { type AcknowledgementTemplate, type DeskSettings, installedSettings, Wording } from './wording.js';

/** SQL of `desk_settings` and `acknowledgement_template`. */
@Injectable()
export class WordingRepository {
  constructor(private readonly config: PlatformConfig) {}

  /** Everything that the desk says in its own words, in one statement. */
  async now(db: Db): Promise<Wording> {
    const [found] = await rows<{ value: Partial<DeskSettings>; templates: AcknowledgementTemplate[] }>(
      db,
      `select value, (select coalesce(jsonb_agg(jsonb_build_object('locale', locale, 'channel', channel, 'text', text,
         'version', version) order by locale, channel), '[]') from acknowledgement_template) as templates
       from desk_settings`,
    );
    const settings = { ...installedSettings, ...found?.value };
    return new Wording(settings, found?.templates ?? [], this.config.DESK_NAME);
  }

  /** Held until the transaction ends. */
  async lockSettings(tx: Db): Promise<DeskSettings & { readonly version: number }> {
    const sql = 'select value, version from desk_settings for update';
    const [found] = await rows<{ value: Partial<DeskSettings>; version: number }>(tx, sql);
    return { ...installedSettings, ...found?.value, version: found?.version ?? 1 };
  }

  async settingsVersion(db: Db): Promise<number> {
    return (await rows<{ version: number }>(db, 'select version from desk_settings'))[0]?.version ?? 1;
  }

  async saveSettings(tx: Db, settings: DeskSettings): Promise<number> {
    const sql = `
      update desk_settings set value = $1::jsonb, version = version + (value is distinct from $1::jsonb)::int
      returning version`;
    return (await rows<{ version: number }>(tx, sql, [JSON.stringify(settings)]))[0]?.version ?? 1;
  }

  /** Writes the text for one language and channel. */
  async write(tx: Db, locale: Locale, channel: string, text: string): Promise<AcknowledgementTemplate> {
    const sql = `
      insert into acknowledgement_template (locale, channel, text) values ($1, $2, $3)
      on conflict (locale, channel) do update set text = excluded.text,
        version = acknowledgement_template.version + (acknowledgement_template.text <> excluded.text)::int
      returning locale, channel, text, version`;
    return (await rows<AcknowledgementTemplate>(tx, sql, [locale, channel, text]))[0] as AcknowledgementTemplate;
  }

  /** Takes the text away, so that the more general one holds; says whether there was one. */
  async remove(tx: Db, locale: Locale, channel: string): Promise<boolean> {
    const sql = 'delete from acknowledgement_template where locale = $1 and channel = $2 returning 1';
    return (await rows(tx, sql, [locale, channel])).length > 0;
  }
}
