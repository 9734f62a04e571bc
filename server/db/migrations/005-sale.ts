import type { Kysely } from 'kysely';
import { sql } from 'kysely';

/** Offers and orders. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`
    create sequence offer_number;
    create sequence order_number;

    create table offer (
      id                   text primary key,
      number               text        not null unique,
      customer_id          text        not null references customer,
      partner_id           text        not null references partner,
      agent_id             text references account,
      version              int         not null default 1,
      state                text        not null
                           check (state in ('inProgress', 'pending', 'accepted', 'rejected', 'cancelled')),
      currency             text        not null,
      language             text        not null,
      valid_until          date        not null,
      message              text,
      sent_at              timestamptz,
      accepted_channel     text check (accepted_channel in ('phone', 'link')),
      accepted_by          text,
      accepted_at          timestamptz,
      accepted_recorded_by text references account,
      rejected_at          timestamptz,
      rejected_reason      text,
      disputed_at          timestamptz,
      created_at           timestamptz not null,
      constraint offer_accepted_by_somebody check
        ((state = 'accepted') = (accepted_at is not null and accepted_by is not null and accepted_channel is not null))
    );
    create index offer_by_customer on offer (customer_id, created_at desc);
    create index offer_by_partner on offer (partner_id, created_at desc);

    create table offer_line (
      offer_id              text   not null references offer on delete cascade,
      position              int    not null,
      product_id            text   not null references product,
      quantity              int    not null check (quantity > 0),
      term_months           int    not null check (term_months > 0),
      unit_price_minor      bigint not null,
      discount_basis_points int    not null check (discount_basis_points between 0 and 10000),
      total_minor           bigint not null,
      storage_bytes         bigint not null,
      primary key (offer_id, position)
    );

    create table "order" (
      id           text primary key,
      number       text        not null unique,
      offer_id     text        not null references offer,
      customer_id  text        not null references customer,
      partner_id   text        not null references partner,
      team_id      text references team,
      team_name    text,
      owner_email  text,
      state        text        not null check (state in
                   ('acknowledged', 'pending', 'held', 'inProgress', 'completed', 'failed', 'cancelled')),
      reason       text,
      refused_text text,
      released_at  timestamptz,
      placed_by    text references account,
      placed_at    timestamptz not null,
      completed_at timestamptz,
      constraint order_completed_in_team check (state <> 'completed' or (team_id is not null and completed_at is not null))
    );
    -- An accepted offer becomes one order, whoever asks twice.
    create unique index order_one_per_offer on "order" (offer_id);
    create index order_by_customer on "order" (customer_id, placed_at desc);
    create index order_by_partner on "order" (partner_id, placed_at desc);
    create index order_by_state on "order" (state, placed_at desc);

    create table order_item (
      id            text primary key,
      order_id      text   not null references "order",
      position      int    not null,
      product_id    text   not null references product,
      action        text   not null check (action in ('add', 'modify', 'delete')),
      quantity      int    not null check (quantity > 0),
      term_months   int    not null check (term_months > 0),
      state         text   not null,
      unique (order_id, position)
    );
  `)
    .execute(db);
}
