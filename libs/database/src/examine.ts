import { createDataSource } from './data-source.js';

/** What a PostgreSQL shows of itself. */
export interface DatabaseExamination {
  /** `18.4` */
  readonly version: string;
  /** Settings on which keeping what was confirmed depends, by name: `on`, `off`, … */
  readonly durability: Readonly<Record<string, string>>;
  /** Whether it waits for migrations of this version of the desk. */
  readonly pending: boolean;
}

/** Looks at the database at `url` and changes nothing. Throws what the driver throws when it does not answer. */
export async function examineDatabase(url: string): Promise<DatabaseExamination> {
  const source = await createDataSource({ url, poolSize: 1, applicationName: 'switchboard doctor' }).initialize();
  try {
    const settings = await source.query<{ name: string; setting: string }[]>(
      `select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')`,
    );
    const [facts] = await source.query<{ version: string; known: boolean }[]>(
      `select split_part(current_setting('server_version'), ' ', 1) as version,
         to_regclass('migrations') is not null as known`,
    );
    return {
      version: facts?.version ?? '0',
      durability: Object.fromEntries(settings.map(({ name, setting }) => [name, setting])),
      pending: !facts?.known || (await source.showMigrations()),
    };
  } finally {
    await source.destroy();
  }
}
