import { Injectable } from '@nestjs/common';
import { rows, type Db } from '#libs/database';
import type { Announcement } from './announcement.js';

const columns = `kind, capabilities, settings_schema as "settingsSchema", hook`;

@Injectable()
export class ChannelsRepository {
  async announce(db: Db, { kind, capabilities, settingsSchema, hook }: Announcement): Promise<void> {
    await rows(
      db,
      `insert into channel (kind, capabilities, settings_schema, hook) values ($1, $2::jsonb, $3::jsonb, $4::jsonb)
       on conflict (kind) do update
       set capabilities = excluded.capabilities, settings_schema = excluded.settings_schema, hook = excluded.hook,
           announced_at = now()`,
      [kind, JSON.stringify(capabilities), JSON.stringify(settingsSchema), hook ? JSON.stringify(hook) : null],
    );
  }

  async get(db: Db, kind: string): Promise<Announcement | undefined> {
    return (await rows<Announcement>(db, `select ${columns} from channel where kind = $1`, [kind]))[0];
  }

  list(db: Db): Promise<Announcement[]> {
    return rows<Announcement>(db, `select ${columns} from channel order by kind`);
  }
}
