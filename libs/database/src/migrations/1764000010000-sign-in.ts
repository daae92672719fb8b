import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ways to sign in besides a password, and what a person sees of their own sessions. */
export class SignIn1764000010000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      -- The id names a session to its owner; browser and system are read once from the User-Agent, which is not kept.
      alter table session
        add column id bigint generated always as identity unique,
        add column browser text,
        add column system text;

      -- Signing in that spans two requests: the answer must come from who was asked, in time, and once. The token is
      -- in a cookie; sealed holds what the second request needs.
      create table sign_in_challenge (
        token_hash bytea primary key,
        purpose text not null
          check (purpose in ('second-factor', 'passkey', 'passkey-registration', 'single-sign-on')),
        person_id bigint references person on delete cascade,
        sealed text,
        tries integer not null default 0,
        created_at timestamptz not null default now(),
        expires_at timestamptz not null
      );
      create index sign_in_challenge_person on sign_in_challenge (person_id) where person_id is not null;
      create index sign_in_challenge_age on sign_in_challenge (expires_at);

      -- secret is sealed. Unconfirmed until the first code; last_step is the newest time step whose code was used.
      -- failures in a row make whoever guesses wait until retry_at.
      create table totp (
        person_id bigint primary key references person on delete cascade,
        secret text not null,
        confirmed_at timestamptz,
        last_step bigint not null default 0,
        failures integer not null default 0,
        retry_at timestamptz,
        created_at timestamptz not null default now()
      );
      -- A code is kept as a mac under SECRET_KEY: it is short enough to be typed, so a plain digest could be guessed.
      create table recovery_code (
        person_id bigint not null references person on delete cascade,
        code_mac text not null,
        used_at timestamptz,
        primary key (person_id, code_mac)
      );

      create table passkey (
        id bigint generated always as identity primary key,
        person_id bigint not null references person on delete cascade,
        credential_id bytea not null unique,
        public_key bytea not null,
        -- How often the authenticator signed, by its own count; 0 for ever where it does not count.
        counter bigint not null,
        transports text[] not null,
        -- Kept by a provider on all devices of the person, not in one piece of hardware.
        synced boolean not null,
        name text not null,
        created_at timestamptz not null default now(),
        last_used_at timestamptz
      );
      create index passkey_person on passkey (person_id);

      -- A person at a provider of single sign-on, by the provider's own subject: an address may be given to others.
      create table provider_identity (
        provider text not null,
        subject text not null,
        person_id bigint not null references person on delete cascade,
        created_at timestamptz not null default now(),
        last_used_at timestamptz,
        primary key (provider, subject),
        unique (person_id, provider)
      );

      alter table access_link
        drop constraint access_link_purpose_check,
        add constraint access_link_purpose_check check (purpose in ('first-run', 'invitation', 'password-reset'));
      create index access_link_person on access_link (person_id) where person_id is not null;
    `);
  }

  async down(): Promise<void> {
    throw new Error('The history goes forward only: restore a backup instead.');
  }
}
