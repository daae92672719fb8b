import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What administrators change while the desk runs: versions, an archive, and the desk's own words. */
export class Administration1764000013100 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      alter table queue add column version integer not null default 1;
      alter table kind add column version integer not null default 1;
      alter table rule add column version integer not null default 1, add column retired_at timestamptz;
      create unique index rule_name on rule (name);

      create table desk_settings (
        single boolean primary key default true check (single),
        value jsonb not null default '{}',
        version integer not null default 1
      );
      insert into desk_settings default values;

      -- channel 'any': every channel that has no text of its own.
      create table acknowledgement_template (
        locale text not null check (locale in ('ru', 'en')),
        channel text not null,
        text text not null,
        version integer not null default 1,
        primary key (locale, channel)
      );
    `);
  }

  async down(): Promise<void> {
    throw new Error('The history goes forward only: restore a backup instead.');
  }
}
