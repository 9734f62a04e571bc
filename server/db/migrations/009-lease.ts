import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** The keys that sign leases, and the leases that were issued. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- The private key is encrypted under the server's key and gone as soon as it signs no more.
    create table signing_key (
      kid          text primary key,
      state        text        not null check (state in ('next', 'current', 'retired', 'revoked')),
      public_x     bytea       not null check (length(public_x) = 32),
      private_box  bytea,
      made_at      timestamptz not null,
      activated_at timestamptz,
      retired_at   timestamptz,
      -- Until then a retired key is published: no lease that it signed lasts longer.
      ends_at      timestamptz,
      constraint signing_key_private_while_it_signs check ((private_box is not null) = (state in ('next', 'current'))),
      constraint signing_key_current_was_activated check (state <> 'current' or activated_at is not null),
      constraint signing_key_retired_ends check (state <> 'retired' or (retired_at is not null and ends_at is not null))
    );
    create unique index signing_key_one_of_each on signing_key (state) where state in ('next', 'current');

    -- What was issued. Written all the time and by one statement that reads what it refers to, so without foreign keys.
    -- Whether a lease is revoked is not written here: it follows from licence, member, token and signing key.
    create table lease (
      number         bigserial primary key,
      id             text        not null,
      account_id     text        not null,
      application_id text        not null,
      token_id       text        not null,
      team_id        text        not null,
      member_id      text        not null,
      product_id     text        not null,
      licence_id     text        not null,
      jkt            text        not null,
      -- SHA-256 over thumbprint and jti of the proof that it was issued for: a proof is taken once.
      proof          bytea       not null constraint lease_one_per_proof unique,
      kid            text        not null,
      issued_at      timestamptz not null,
      expires_at     timestamptz not null,
      check (expires_at > issued_at)
    );
    create index lease_by_account on lease (account_id, team_id);
    create index lease_by_end on lease using brin (expires_at);
  `)
    .execute(db);
}
