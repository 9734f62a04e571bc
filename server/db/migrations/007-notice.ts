import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** E-mails that are owed, the links in them, and the mailbox of a demo deployment. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    -- A link's secret is derived from the server's key and the id; nothing secret stands here.
    create table link (
      id          text primary key,
      kind        text        not null,
      subject_id  text        not null,
      email       text        not null,
      created_at  timestamptz not null,
      expires_at  timestamptz not null,
      used_at     timestamptz,
      ended_at    timestamptz,
      wrong_tries int         not null default 0
    );
    create unique index link_one_live on link (kind, subject_id) where used_at is null and ended_at is null;

    create table notice (
      id              text primary key,
      kind            text        not null,
      recipient       text        not null,
      language        text        not null,
      payload         jsonb       not null,
      link_id         text references link,
      subject_id      text        not null,
      state           text        not null check (state in ('queued', 'accepted', 'failed', 'bounced')),
      attempts        int         not null default 0,
      queued_at       timestamptz not null,
      accepted_at     timestamptz,
      next_attempt_at timestamptz,
      last_error      text,
      -- The notice that was sent instead, once staff sent a failed one again.
      replaced_by     text references notice
    );
    create index notice_by_state on notice (state, id desc) where state <> 'accepted';

    create table mailbox_message (
      notice_id text primary key references notice,
      recipient text        not null,
      subject   text        not null,
      body_text text        not null,
      body_html text        not null,
      at        timestamptz not null
    );
  `)
    .execute(db);
}
