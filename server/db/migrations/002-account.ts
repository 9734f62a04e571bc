import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Accounts with their sessions and passwords (kept by the identity library), and the tokens of licensed applications. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table account (
      id             text primary key,
      name           text        not null,
      email          text        not null unique check (email = lower(email)),
      email_verified boolean     not null default false,
      image          text,
      language       text        not null default 'en',
      created_at     timestamptz not null default now(),
      updated_at     timestamptz not null default now()
    );

    create table session (
      id         text primary key,
      account_id text        not null references account on delete cascade,
      token      text        not null unique,
      expires_at timestamptz not null,
      ip_address text,
      user_agent text,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create index session_by_account on session (account_id);

    create table credential (
      id                       text primary key,
      account_id               text        not null references account on delete cascade,
      provider_id              text        not null,
      provider_account_id      text        not null,
      password                 text,
      access_token             text,
      refresh_token            text,
      id_token                 text,
      access_token_expires_at  timestamptz,
      refresh_token_expires_at timestamptz,
      scope                    text,
      created_at               timestamptz not null default now(),
      updated_at               timestamptz not null default now()
    );
    create index credential_by_account on credential (account_id);

    create table verification (
      id         text primary key,
      identifier text        not null,
      value      text        not null,
      expires_at timestamptz not null,
      created_at timestamptz not null default now(),
      updated_at timestamptz not null default now()
    );
    create index verification_by_identifier on verification (identifier);
  `)
    .execute(db);
}
