import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** What is sold, by whom, for how much, and which applications ask. Written from the deployment's file. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table product (
      id                     text primary key,
      key                    text    not null unique,
      name                   text    not null,
      kind                   text    not null check (kind in ('namedLicence', 'storage')),
      term_months            int[]   not null,
      grace_days             int     not null check (grace_days >= 0),
      suspended_days         int     not null check (suspended_days >= 0),
      lease_hours            int     not null check (lease_hours > 0),
      included_storage_bytes bigint  not null check (included_storage_bytes >= 0),
      unit_bytes             bigint  not null check (unit_bytes >= 0),
      review                 text    not null check (review in ('none', 'backOffice')),
      proposal               text    not null check (proposal in ('perCoreLicence', 'none')),
      -- The order in which the deployment's file names them.
      position               int     not null default 0,
      retired                boolean not null default false,
      check (kind = 'storage' or unit_bytes = 0)
    );

    create table price (
      product_id       text not null references product,
      term_months      int  not null,
      currency         text not null check (currency ~ '^[A-Z]{3}$'),
      unit_price_minor bigint not null check (unit_price_minor >= 0),
      primary key (product_id, term_months, currency)
    );

    create table partner (
      id                          text primary key,
      key                         text    not null unique,
      name                        text    not null,
      currency                    text    not null,
      discount_limit_basis_points int     not null check (discount_limit_basis_points between 0 and 10000),
      retired                     boolean not null default false
    );

    -- An agent is known by its address: it acts for the partner as soon as an account proves that mailbox.
    create table agent (
      email      text primary key check (email = lower(email)),
      partner_id text not null references partner
    );

    create table staff (
      email text primary key check (email = lower(email))
    );

    create table application (
      id      text primary key,
      key     text    not null unique,
      name    text    not null,
      retired boolean not null default false
    );

    create table application_product (
      application_id text not null references application on delete cascade,
      product_id     text not null references product,
      primary key (application_id, product_id)
    );

    -- A service key is shown once; only its hash is kept.
    create table application_key (
      id             text primary key,
      application_id text        not null references application,
      hash           bytea       not null unique,
      created_at     timestamptz not null,
      revoked_at     timestamptz
    );

    create table device_request (
      id               text primary key,
      device_code_hash bytea       not null unique,
      user_code        text        not null unique,
      application_id   text        not null references application,
      place            text,
      address          text        not null,
      state            text        not null check (state in ('waiting', 'approved', 'denied', 'used')),
      account_id       text references account on delete cascade,
      interval_seconds int         not null,
      polled_at        timestamptz,
      created_at       timestamptz not null,
      expires_at       timestamptz not null,
      check (state = 'waiting' or account_id is not null)
    );

    -- The token of a signed-in application. It serves its account's own entitlement and stream, nothing else.
    create table device_token (
      id             text primary key,
      hash           bytea       not null unique,
      account_id     text        not null references account on delete cascade,
      application_id text        not null references application,
      place          text,
      created_at     timestamptz not null,
      expires_at     timestamptz not null,
      last_used_at   timestamptz,
      revoked_at     timestamptz
    );
    create index device_token_by_account on device_token (account_id);
  `)
    .execute(db);
}
