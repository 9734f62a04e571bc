import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Customers, teams and their members. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create table customer (
      id              text primary key references stream,
      customer_number text        not null unique,
      name            text        not null,
      -- The domain's searchKey of the name: searching and sorting pay no heed to case and accents.
      search_key      text        not null,
      country         text        not null,
      language        text        not null,
      core_licences   int         not null check (core_licences >= 0),
      contact_name    text        not null,
      contact_email   text        not null,
      partner_id      text        not null references partner,
      created_at      timestamptz not null
    );
    create index customer_by_partner on customer (partner_id, search_key, id);
    create index customer_by_name on customer (search_key, id);

    create table customer_request (
      id              text primary key,
      customer_number text        not null,
      name            text        not null,
      country         text        not null,
      language        text        not null,
      core_licences   int         not null,
      contact_name    text        not null,
      contact_email   text        not null,
      partner_id      text        not null references partner,
      requested_by    text        not null references account,
      requested_at    timestamptz not null,
      state           text        not null check (state in ('waiting', 'confirmed', 'declined')),
      decided_at      timestamptz,
      decided_by      text references account,
      customer_id     text references customer
    );
    create index customer_request_by_state on customer_request (state, requested_at desc);

    create table team (
      id                   text primary key references stream,
      name                 text        not null,
      name_key             text        not null,
      slug                 text        not null unique,
      customer_id          text references customer,
      partner_id           text references partner,
      owner_member_id      text        not null,
      next_owner_member_id text,
      claimed_at           timestamptz,
      version              int         not null default 1,
      made_by              text references account,
      created_at           timestamptz not null
    );
    create index team_by_customer on team (customer_id) where customer_id is not null;
    create index team_by_name_key on team (name_key);

    create table team_name (
      team_id text        not null references team,
      number  int         not null,
      name    text        not null,
      since   timestamptz not null,
      primary key (team_id, number)
    );

    create table member (
      id                 text primary key,
      team_id            text        not null references team,
      account_id         text references account,
      email              text        not null check (email = lower(email)),
      name               text        not null,
      role               text        not null check (role in ('owner', 'administrator', 'licenceManager', 'member')),
      state              text        not null check (state in ('invited', 'accepted', 'removed')),
      external           boolean     not null default false,
      invited_by         text references account,
      invited_at         timestamptz not null,
      invitation_ends_on date,
      accepted_at        timestamptz,
      removed_at         timestamptz,
      unique (team_id, id),
      unique (team_id, id, state),
      constraint member_accepted_has_account check (state <> 'accepted' or account_id is not null),
      constraint member_external_is_plain check (not external or role = 'member')
    );
    create unique index member_one_address on member (team_id, email) where state <> 'removed';
    -- Also removed ones, who may be invited again.
    create index member_by_address on member (team_id, email);
    create unique index member_one_account on member (team_id, account_id) where state = 'accepted';
    create unique index member_one_owner on member (team_id) where role = 'owner' and state <> 'removed';
    create index member_by_account on member (account_id) where state = 'accepted';
    create index member_by_invitation_end on member (invitation_ends_on) where state = 'invited';

    alter table team
      add constraint team_has_owner foreign key (id, owner_member_id)
        references member (team_id, id) deferrable initially deferred,
      add constraint team_next_owner_is_member foreign key (id, next_owner_member_id)
        references member (team_id, id) deferrable initially deferred;
  `)
    .execute(db);
}
