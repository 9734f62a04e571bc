-- What the migrations make. Written by npm run schema; compared by npm run verify.

-- columns
account.id text not null
account.name text not null
account.email text not null
account.email_verified boolean not null default false
account.image text
account.language text not null default 'en'::text
account.created_at timestamp with time zone not null default now()
account.updated_at timestamp with time zone not null default now()
account.transaction_id xid8 not null default pg_current_xact_id()
agent.email text not null
agent.partner_id text not null
allotment.id text not null
allotment.team_id text not null
allotment.subscription_id text not null
allotment.kind text not null
allotment.quantity integer not null
allotment.bytes_each bigint not null
allotment.bytes bigint not null
application.id text not null
application.key text not null
application.name text not null
application.retired boolean not null default false
application_key.id text not null
application_key.application_id text not null
application_key.hash bytea not null
application_key.created_at timestamp with time zone not null
application_key.revoked_at timestamp with time zone
application_product.application_id text not null
application_product.product_id text not null
credential.id text not null
credential.account_id text not null
credential.provider_id text not null
credential.provider_account_id text not null
credential.password text
credential.access_token text
credential.refresh_token text
credential.id_token text
credential.access_token_expires_at timestamp with time zone
credential.refresh_token_expires_at timestamp with time zone
credential.scope text
credential.created_at timestamp with time zone not null default now()
credential.updated_at timestamp with time zone not null default now()
customer.id text not null
customer.customer_number text not null
customer.name text not null
customer.search_key text not null
customer.country text not null
customer.language text not null
customer.core_licences integer not null
customer.contact_name text not null
customer.contact_email text not null
customer.partner_id text not null
customer.created_at timestamp with time zone not null
customer_request.id text not null
customer_request.customer_number text not null
customer_request.name text not null
customer_request.country text not null
customer_request.language text not null
customer_request.core_licences integer not null
customer_request.contact_name text not null
customer_request.contact_email text not null
customer_request.partner_id text not null
customer_request.requested_by text not null
customer_request.requested_at timestamp with time zone not null
customer_request.state text not null
customer_request.decided_at timestamp with time zone
customer_request.decided_by text
customer_request.customer_id text
device_request.id text not null
device_request.device_code_hash bytea not null
device_request.user_code text not null
device_request.application_id text not null
device_request.place text
device_request.address text not null
device_request.state text not null
device_request.account_id text
device_request.interval_seconds integer not null
device_request.polled_at timestamp with time zone
device_request.created_at timestamp with time zone not null
device_request.expires_at timestamp with time zone not null
device_token.id text not null
device_token.hash bytea not null
device_token.account_id text not null
device_token.application_id text not null
device_token.place text
device_token.created_at timestamp with time zone not null
device_token.expires_at timestamp with time zone not null
device_token.last_used_at timestamp with time zone
device_token.revoked_at timestamp with time zone
event.stream_id text not null
event.number bigint not null
event.at timestamp with time zone not null
event.kind text not null
event.actor_kind text not null
event.actor_id text not null
event.data jsonb not null
event.previous_hash bytea not null
event.hash bytea not null
event.transaction_id xid8 not null default pg_current_xact_id()
holding.id text not null
holding.licence_id text not null
holding.team_id text not null
holding.member_id text not null
holding.given_at timestamp with time zone not null
holding.given_by text
holding.taken_at timestamp with time zone
holding.taken_by text
idempotency_key.scope text not null
idempotency_key.key text not null
idempotency_key.request_hash bytea not null
idempotency_key.response jsonb not null
idempotency_key.at timestamp with time zone not null
lease.number bigint not null default nextval('lease_number_seq'::regclass)
lease.id text not null
lease.account_id text not null
lease.application_id text not null
lease.token_id text not null
lease.team_id text not null
lease.member_id text not null
lease.product_id text not null
lease.licence_id text not null
lease.jkt text not null
lease.proof bytea not null
lease.kid text not null
lease.issued_at timestamp with time zone not null
lease.expires_at timestamp with time zone not null
licence.id text not null
licence.team_id text not null
licence.product_id text not null
licence.subscription_id text not null
licence.number integer not null
licence.state text not null default 'free'::text
licence.member_id text
licence.since timestamp with time zone
licence.usable boolean not null default true
licence.member_state text generated 
CASE state
    WHEN 'held'::text THEN 'accepted'::text
    WHEN 'reserved'::text THEN 'invited'::text
    ELSE NULL::text
END
licence.freed_at timestamp with time zone
link.id text not null
link.kind text not null
link.subject_id text not null
link.email text not null
link.created_at timestamp with time zone not null
link.expires_at timestamp with time zone not null
link.used_at timestamp with time zone
link.ended_at timestamp with time zone
link.wrong_tries integer not null default 0
mailbox_message.notice_id text not null
mailbox_message.recipient text not null
mailbox_message.subject text not null
mailbox_message.body_text text not null
mailbox_message.body_html text not null
mailbox_message.at timestamp with time zone not null
member.id text not null
member.team_id text not null
member.account_id text
member.email text not null
member.name text not null
member.role text not null
member.state text not null
member.external boolean not null default false
member.invited_by text
member.invited_at timestamp with time zone not null
member.invitation_ends_on date
member.accepted_at timestamp with time zone
member.removed_at timestamp with time zone
notice.id text not null
notice.kind text not null
notice.recipient text not null
notice.language text not null
notice.payload jsonb not null
notice.link_id text
notice.subject_id text not null
notice.state text not null
notice.attempts integer not null default 0
notice.queued_at timestamp with time zone not null
notice.accepted_at timestamp with time zone
notice.next_attempt_at timestamp with time zone
notice.last_error text
notice.replaced_by text
offer.id text not null
offer.number text not null
offer.customer_id text not null
offer.partner_id text not null
offer.agent_id text
offer.version integer not null default 1
offer.state text not null
offer.currency text not null
offer.language text not null
offer.valid_until date not null
offer.message text
offer.sent_at timestamp with time zone
offer.accepted_channel text
offer.accepted_by text
offer.accepted_at timestamp with time zone
offer.accepted_recorded_by text
offer.rejected_at timestamp with time zone
offer.rejected_reason text
offer.disputed_at timestamp with time zone
offer.created_at timestamp with time zone not null
offer_line.offer_id text not null
offer_line.position integer not null
offer_line.product_id text not null
offer_line.quantity integer not null
offer_line.term_months integer not null
offer_line.unit_price_minor bigint not null
offer_line.discount_basis_points integer not null
offer_line.total_minor bigint not null
offer_line.storage_bytes bigint not null
order.id text not null
order.number text not null
order.offer_id text not null
order.customer_id text not null
order.partner_id text not null
order.team_id text
order.team_name text
order.owner_email text
order.state text not null
order.reason text
order.refused_text text
order.released_at timestamp with time zone
order.placed_by text
order.placed_at timestamp with time zone not null
order.completed_at timestamp with time zone
order_item.id text not null
order_item.order_id text not null
order_item.position integer not null
order_item.product_id text not null
order_item.action text not null
order_item.quantity integer not null
order_item.term_months integer not null
order_item.state text not null
partner.id text not null
partner.key text not null
partner.name text not null
partner.currency text not null
partner.discount_limit_basis_points integer not null
partner.retired boolean not null default false
price.product_id text not null
price.term_months integer not null
price.currency text not null
price.unit_price_minor bigint not null
product.id text not null
product.key text not null
product.name text not null
product.kind text not null
product.term_months integer[] not null
product.grace_days integer not null
product.suspended_days integer not null
product.lease_hours integer not null
product.included_storage_bytes bigint not null
product.unit_bytes bigint not null
product.review text not null
product.proposal text not null
product.position integer not null default 0
product.retired boolean not null default false
receipt.token_id text not null
receipt.team_id text not null
receipt.product_id text not null
receipt.revision bigint not null
receipt.state text not null
receipt.at timestamp with time zone not null
receipt.seen_at timestamp with time zone not null
sealed_head.seal bigint not null
sealed_head.stream_id text not null
sealed_head.number bigint not null
sealed_head.hash bytea not null
session.id text not null
session.account_id text not null
session.token text not null
session.expires_at timestamp with time zone not null
session.ip_address text
session.user_agent text
session.created_at timestamp with time zone not null default now()
session.updated_at timestamp with time zone not null default now()
signing_key.kid text not null
signing_key.state text not null
signing_key.public_x bytea not null
signing_key.private_box bytea
signing_key.made_at timestamp with time zone not null
signing_key.activated_at timestamp with time zone
signing_key.retired_at timestamp with time zone
signing_key.ends_at timestamp with time zone
staff.email text not null
stream.id text not null
stream.head bigint not null default 0
stream.head_hash bytea not null default decode(repeat('00'::text, 32), 'hex'::text)
stream.previous_hash bytea not null default decode(repeat('00'::text, 32), 'hex'::text)
subscription.id text not null
subscription.team_id text not null
subscription.product_id text not null
subscription.order_item_id text
subscription.quantity integer not null
subscription.starts_on date not null
subscription.ends_on date not null
subscription.grace_days integer not null
subscription.suspended_days integer not null
subscription.state text not null
subscription.notified_step text
subscription.created_at timestamp with time zone not null
team.id text not null
team.name text not null
team.name_key text not null
team.slug text not null
team.customer_id text
team.partner_id text
team.owner_member_id text not null
team.next_owner_member_id text
team.claimed_at timestamp with time zone
team.version integer not null default 1
team.made_by text
team.created_at timestamp with time zone not null
team_name.team_id text not null
team_name.number integer not null
team_name.name text not null
team_name.since timestamp with time zone not null
verification.id text not null
verification.identifier text not null
verification.value text not null
verification.expires_at timestamp with time zone not null
verification.created_at timestamp with time zone not null default now()
verification.updated_at timestamp with time zone not null default now()

-- constraints
account account_email_check CHECK ((email = lower(email)))
account account_email_key UNIQUE (email)
account account_pkey PRIMARY KEY (id)
agent agent_email_check CHECK ((email = lower(email)))
agent agent_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id)
agent agent_pkey PRIMARY KEY (email)
allotment allotment_check CHECK ((bytes = (quantity * bytes_each)))
allotment allotment_kind_check CHECK ((kind = ANY (ARRAY['included'::text, 'bought'::text])))
allotment allotment_pkey PRIMARY KEY (id)
allotment allotment_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription(id)
allotment allotment_subscription_id_kind_key UNIQUE (subscription_id, kind)
allotment allotment_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
application application_key_key UNIQUE (key)
application application_pkey PRIMARY KEY (id)
application_key application_key_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)
application_key application_key_hash_key UNIQUE (hash)
application_key application_key_pkey PRIMARY KEY (id)
application_product application_product_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id) ON DELETE CASCADE
application_product application_product_pkey PRIMARY KEY (application_id, product_id)
application_product application_product_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id)
credential credential_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
credential credential_pkey PRIMARY KEY (id)
customer customer_core_licences_check CHECK ((core_licences >= 0))
customer customer_customer_number_key UNIQUE (customer_number)
customer customer_id_fkey FOREIGN KEY (id) REFERENCES stream(id)
customer customer_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id)
customer customer_pkey PRIMARY KEY (id)
customer_request customer_request_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id)
customer_request customer_request_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES account(id)
customer_request customer_request_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id)
customer_request customer_request_pkey PRIMARY KEY (id)
customer_request customer_request_requested_by_fkey FOREIGN KEY (requested_by) REFERENCES account(id)
customer_request customer_request_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'confirmed'::text, 'declined'::text])))
device_request device_request_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
device_request device_request_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)
device_request device_request_check CHECK (((state = 'waiting'::text) OR (account_id IS NOT NULL)))
device_request device_request_device_code_hash_key UNIQUE (device_code_hash)
device_request device_request_pkey PRIMARY KEY (id)
device_request device_request_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'approved'::text, 'denied'::text, 'used'::text])))
device_request device_request_user_code_key UNIQUE (user_code)
device_token device_token_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
device_token device_token_application_id_fkey FOREIGN KEY (application_id) REFERENCES application(id)
device_token device_token_hash_key UNIQUE (hash)
device_token device_token_pkey PRIMARY KEY (id)
event event_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['account'::text, 'application'::text, 'link'::text, 'system'::text])))
event event_pkey PRIMARY KEY (stream_id, number)
holding holding_check CHECK (((taken_at IS NULL) OR (taken_at >= given_at)))
holding holding_licence_id_fkey FOREIGN KEY (licence_id) REFERENCES licence(id)
holding holding_pkey PRIMARY KEY (id)
idempotency_key idempotency_key_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255)))
idempotency_key idempotency_key_pkey PRIMARY KEY (scope, key)
lease lease_check CHECK ((expires_at > issued_at))
lease lease_one_per_proof UNIQUE (proof)
lease lease_pkey PRIMARY KEY (number)
licence licence_member_of_team FOREIGN KEY (team_id, member_id, member_state) REFERENCES member(team_id, id, state) DEFERRABLE
licence licence_number_check CHECK ((number > 0))
licence licence_pkey PRIMARY KEY (id)
licence licence_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id)
licence licence_state_check CHECK ((state = ANY (ARRAY['free'::text, 'held'::text, 'reserved'::text])))
licence licence_state_names_member CHECK (((state = 'free'::text) = (member_id IS NULL)))
licence licence_subscription_id_fkey FOREIGN KEY (subscription_id) REFERENCES subscription(id)
licence licence_subscription_id_number_key UNIQUE (subscription_id, number)
licence licence_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
link link_pkey PRIMARY KEY (id)
mailbox_message mailbox_message_notice_id_fkey FOREIGN KEY (notice_id) REFERENCES notice(id)
mailbox_message mailbox_message_pkey PRIMARY KEY (notice_id)
member member_accepted_has_account CHECK (((state <> 'accepted'::text) OR (account_id IS NOT NULL)))
member member_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id)
member member_email_check CHECK ((email = lower(email)))
member member_external_is_plain CHECK (((NOT external) OR (role = 'member'::text)))
member member_invited_by_fkey FOREIGN KEY (invited_by) REFERENCES account(id)
member member_pkey PRIMARY KEY (id)
member member_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'administrator'::text, 'licenceManager'::text, 'member'::text])))
member member_state_check CHECK ((state = ANY (ARRAY['invited'::text, 'accepted'::text, 'removed'::text])))
member member_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
member member_team_id_id_key UNIQUE (team_id, id)
member member_team_id_id_state_key UNIQUE (team_id, id, state)
notice notice_link_id_fkey FOREIGN KEY (link_id) REFERENCES link(id)
notice notice_pkey PRIMARY KEY (id)
notice notice_replaced_by_fkey FOREIGN KEY (replaced_by) REFERENCES notice(id)
notice notice_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'accepted'::text, 'failed'::text, 'bounced'::text])))
offer offer_accepted_by_somebody CHECK (((state = 'accepted'::text) = ((accepted_at IS NOT NULL) AND (accepted_by IS NOT NULL) AND (accepted_channel IS NOT NULL))))
offer offer_accepted_channel_check CHECK ((accepted_channel = ANY (ARRAY['phone'::text, 'link'::text])))
offer offer_accepted_recorded_by_fkey FOREIGN KEY (accepted_recorded_by) REFERENCES account(id)
offer offer_agent_id_fkey FOREIGN KEY (agent_id) REFERENCES account(id)
offer offer_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id)
offer offer_number_key UNIQUE (number)
offer offer_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id)
offer offer_pkey PRIMARY KEY (id)
offer offer_state_check CHECK ((state = ANY (ARRAY['inProgress'::text, 'pending'::text, 'accepted'::text, 'rejected'::text, 'cancelled'::text])))
offer_line offer_line_discount_basis_points_check CHECK (((discount_basis_points >= 0) AND (discount_basis_points <= 10000)))
offer_line offer_line_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offer(id) ON DELETE CASCADE
offer_line offer_line_pkey PRIMARY KEY (offer_id, "position")
offer_line offer_line_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id)
offer_line offer_line_quantity_check CHECK ((quantity > 0))
offer_line offer_line_term_months_check CHECK ((term_months > 0))
order order_completed_in_team CHECK (((state <> 'completed'::text) OR ((team_id IS NOT NULL) AND (completed_at IS NOT NULL))))
order order_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id)
order order_number_key UNIQUE (number)
order order_offer_id_fkey FOREIGN KEY (offer_id) REFERENCES offer(id)
order order_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id)
order order_pkey PRIMARY KEY (id)
order order_placed_by_fkey FOREIGN KEY (placed_by) REFERENCES account(id)
order order_state_check CHECK ((state = ANY (ARRAY['acknowledged'::text, 'pending'::text, 'held'::text, 'inProgress'::text, 'completed'::text, 'failed'::text, 'cancelled'::text])))
order order_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
order_item order_item_action_check CHECK ((action = ANY (ARRAY['add'::text, 'modify'::text, 'delete'::text])))
order_item order_item_order_id_fkey FOREIGN KEY (order_id) REFERENCES "order"(id)
order_item order_item_order_id_position_key UNIQUE (order_id, "position")
order_item order_item_pkey PRIMARY KEY (id)
order_item order_item_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id)
order_item order_item_quantity_check CHECK ((quantity > 0))
order_item order_item_term_months_check CHECK ((term_months > 0))
partner partner_discount_limit_basis_points_check CHECK (((discount_limit_basis_points >= 0) AND (discount_limit_basis_points <= 10000)))
partner partner_key_key UNIQUE (key)
partner partner_pkey PRIMARY KEY (id)
price price_currency_check CHECK ((currency ~ '^[A-Z]{3}$'::text))
price price_pkey PRIMARY KEY (product_id, term_months, currency)
price price_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id)
price price_unit_price_minor_check CHECK ((unit_price_minor >= 0))
product product_check CHECK (((kind = 'storage'::text) OR (unit_bytes = 0)))
product product_grace_days_check CHECK ((grace_days >= 0))
product product_included_storage_bytes_check CHECK ((included_storage_bytes >= 0))
product product_key_key UNIQUE (key)
product product_kind_check CHECK ((kind = ANY (ARRAY['namedLicence'::text, 'storage'::text])))
product product_lease_hours_check CHECK ((lease_hours > 0))
product product_pkey PRIMARY KEY (id)
product product_proposal_check CHECK ((proposal = ANY (ARRAY['perCoreLicence'::text, 'none'::text])))
product product_review_check CHECK ((review = ANY (ARRAY['none'::text, 'backOffice'::text])))
product product_suspended_days_check CHECK ((suspended_days >= 0))
product product_unit_bytes_check CHECK ((unit_bytes >= 0))
receipt receipt_check CHECK ((seen_at >= at))
receipt receipt_pkey PRIMARY KEY (token_id, team_id, product_id)
receipt receipt_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id)
receipt receipt_revision_check CHECK ((revision >= 0))
receipt receipt_state_check CHECK ((state = ANY (ARRAY['unlocked'::text, 'locked'::text])))
receipt receipt_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
receipt receipt_token_id_fkey FOREIGN KEY (token_id) REFERENCES device_token(id) ON DELETE CASCADE
sealed_head sealed_head_pkey PRIMARY KEY (seal, stream_id)
session session_account_id_fkey FOREIGN KEY (account_id) REFERENCES account(id) ON DELETE CASCADE
session session_pkey PRIMARY KEY (id)
session session_token_key UNIQUE (token)
signing_key signing_key_current_was_activated CHECK (((state <> 'current'::text) OR (activated_at IS NOT NULL)))
signing_key signing_key_pkey PRIMARY KEY (kid)
signing_key signing_key_private_while_it_signs CHECK (((private_box IS NOT NULL) = (state = ANY (ARRAY['next'::text, 'current'::text]))))
signing_key signing_key_public_x_check CHECK ((length(public_x) = 32))
signing_key signing_key_retired_ends CHECK (((state <> 'retired'::text) OR ((retired_at IS NOT NULL) AND (ends_at IS NOT NULL))))
signing_key signing_key_state_check CHECK ((state = ANY (ARRAY['next'::text, 'current'::text, 'retired'::text, 'revoked'::text])))
staff staff_email_check CHECK ((email = lower(email)))
staff staff_pkey PRIMARY KEY (email)
stream stream_pkey PRIMARY KEY (id)
subscription subscription_check CHECK ((ends_on >= starts_on))
subscription subscription_order_item_id_fkey FOREIGN KEY (order_item_id) REFERENCES order_item(id)
subscription subscription_order_item_id_key UNIQUE (order_item_id)
subscription subscription_pkey PRIMARY KEY (id)
subscription subscription_product_id_fkey FOREIGN KEY (product_id) REFERENCES product(id)
subscription subscription_quantity_check CHECK ((quantity > 0))
subscription subscription_state_check CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text, 'terminated'::text])))
subscription subscription_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
team team_customer_id_fkey FOREIGN KEY (customer_id) REFERENCES customer(id)
team team_has_owner FOREIGN KEY (id, owner_member_id) REFERENCES member(team_id, id) DEFERRABLE INITIALLY DEFERRED
team team_id_fkey FOREIGN KEY (id) REFERENCES stream(id)
team team_made_by_fkey FOREIGN KEY (made_by) REFERENCES account(id)
team team_next_owner_is_member FOREIGN KEY (id, next_owner_member_id) REFERENCES member(team_id, id) DEFERRABLE INITIALLY DEFERRED
team team_partner_id_fkey FOREIGN KEY (partner_id) REFERENCES partner(id)
team team_pkey PRIMARY KEY (id)
team team_slug_key UNIQUE (slug)
team_name team_name_pkey PRIMARY KEY (team_id, number)
team_name team_name_team_id_fkey FOREIGN KEY (team_id) REFERENCES team(id)
verification verification_pkey PRIMARY KEY (id)

-- indexes
CREATE INDEX account_by_transaction ON public.account USING btree (transaction_id)
CREATE UNIQUE INDEX account_email_key ON public.account USING btree (email)
CREATE UNIQUE INDEX account_pkey ON public.account USING btree (id)
CREATE UNIQUE INDEX agent_pkey ON public.agent USING btree (email)
CREATE INDEX allotment_by_team ON public.allotment USING btree (team_id)
CREATE UNIQUE INDEX allotment_pkey ON public.allotment USING btree (id)
CREATE UNIQUE INDEX allotment_subscription_id_kind_key ON public.allotment USING btree (subscription_id, kind)
CREATE UNIQUE INDEX application_key_hash_key ON public.application_key USING btree (hash)
CREATE UNIQUE INDEX application_key_key ON public.application USING btree (key)
CREATE UNIQUE INDEX application_key_pkey ON public.application_key USING btree (id)
CREATE UNIQUE INDEX application_pkey ON public.application USING btree (id)
CREATE UNIQUE INDEX application_product_pkey ON public.application_product USING btree (application_id, product_id)
CREATE UNIQUE INDEX credential_one_per_provider ON public.credential USING btree (account_id, provider_id)
CREATE UNIQUE INDEX credential_pkey ON public.credential USING btree (id)
CREATE INDEX customer_by_name ON public.customer USING btree (search_key, id)
CREATE INDEX customer_by_partner ON public.customer USING btree (partner_id, search_key, id)
CREATE UNIQUE INDEX customer_customer_number_key ON public.customer USING btree (customer_number)
CREATE UNIQUE INDEX customer_pkey ON public.customer USING btree (id)
CREATE INDEX customer_request_by_state ON public.customer_request USING btree (state, requested_at DESC)
CREATE UNIQUE INDEX customer_request_pkey ON public.customer_request USING btree (id)
CREATE UNIQUE INDEX device_request_device_code_hash_key ON public.device_request USING btree (device_code_hash)
CREATE UNIQUE INDEX device_request_pkey ON public.device_request USING btree (id)
CREATE UNIQUE INDEX device_request_user_code_key ON public.device_request USING btree (user_code)
CREATE INDEX device_token_by_account ON public.device_token USING btree (account_id)
CREATE UNIQUE INDEX device_token_hash_key ON public.device_token USING btree (hash)
CREATE UNIQUE INDEX device_token_pkey ON public.device_token USING btree (id)
CREATE INDEX event_by_moment ON public.event USING btree (at DESC, stream_id, number DESC)
CREATE INDEX event_by_transaction ON public.event USING btree (transaction_id)
CREATE UNIQUE INDEX event_pkey ON public.event USING btree (stream_id, number)
CREATE UNIQUE INDEX holding_one_open ON public.holding USING btree (licence_id) WHERE (taken_at IS NULL)
CREATE UNIQUE INDEX holding_pkey ON public.holding USING btree (id)
CREATE INDEX holding_taken ON public.holding USING btree (member_id, taken_at DESC) WHERE (taken_at IS NOT NULL)
CREATE INDEX idempotency_key_by_moment ON public.idempotency_key USING brin (at)
CREATE UNIQUE INDEX idempotency_key_pkey ON public.idempotency_key USING btree (scope, key)
CREATE INDEX lease_by_account ON public.lease USING btree (account_id, team_id)
CREATE INDEX lease_by_end ON public.lease USING brin (expires_at)
CREATE UNIQUE INDEX lease_one_per_proof ON public.lease USING btree (proof)
CREATE UNIQUE INDEX lease_pkey ON public.lease USING btree (number)
CREATE INDEX licence_free ON public.licence USING btree (subscription_id, number) WHERE (state = 'free'::text)
CREATE UNIQUE INDEX licence_one_per_member ON public.licence USING btree (member_id, product_id, (
CASE
    WHEN usable THEN true
    ELSE NULL::boolean
END)) WHERE (member_id IS NOT NULL)
CREATE UNIQUE INDEX licence_pkey ON public.licence USING btree (id)
CREATE UNIQUE INDEX licence_subscription_id_number_key ON public.licence USING btree (subscription_id, number)
CREATE UNIQUE INDEX link_one_live ON public.link USING btree (kind, subject_id) WHERE ((used_at IS NULL) AND (ended_at IS NULL))
CREATE UNIQUE INDEX link_pkey ON public.link USING btree (id)
CREATE UNIQUE INDEX mailbox_message_pkey ON public.mailbox_message USING btree (notice_id)
CREATE INDEX member_by_account ON public.member USING btree (account_id) WHERE (state = 'accepted'::text)
CREATE INDEX member_by_address ON public.member USING btree (team_id, email)
CREATE INDEX member_by_address_alone ON public.member USING btree (email) WHERE (state <> 'accepted'::text)
CREATE INDEX member_by_invitation_end ON public.member USING btree (invitation_ends_on) WHERE (state = 'invited'::text)
CREATE UNIQUE INDEX member_one_account ON public.member USING btree (team_id, account_id) WHERE (state = 'accepted'::text)
CREATE UNIQUE INDEX member_one_address ON public.member USING btree (team_id, email) WHERE (state <> 'removed'::text)
CREATE UNIQUE INDEX member_one_owner ON public.member USING btree (team_id) WHERE ((role = 'owner'::text) AND (state <> 'removed'::text))
CREATE UNIQUE INDEX member_pkey ON public.member USING btree (id)
CREATE UNIQUE INDEX member_team_id_id_key ON public.member USING btree (team_id, id)
CREATE UNIQUE INDEX member_team_id_id_state_key ON public.member USING btree (team_id, id, state)
CREATE INDEX notice_by_state ON public.notice USING btree (state, id DESC) WHERE (state <> 'accepted'::text)
CREATE UNIQUE INDEX notice_pkey ON public.notice USING btree (id)
CREATE INDEX offer_by_customer ON public.offer USING btree (customer_id, created_at DESC)
CREATE INDEX offer_by_partner ON public.offer USING btree (partner_id, created_at DESC)
CREATE UNIQUE INDEX offer_line_pkey ON public.offer_line USING btree (offer_id, "position")
CREATE UNIQUE INDEX offer_number_key ON public.offer USING btree (number)
CREATE UNIQUE INDEX offer_pkey ON public.offer USING btree (id)
CREATE INDEX order_by_customer ON public."order" USING btree (customer_id, placed_at DESC)
CREATE INDEX order_by_partner ON public."order" USING btree (partner_id, placed_at DESC)
CREATE INDEX order_by_state ON public."order" USING btree (state, placed_at DESC)
CREATE UNIQUE INDEX order_item_order_id_position_key ON public.order_item USING btree (order_id, "position")
CREATE UNIQUE INDEX order_item_pkey ON public.order_item USING btree (id)
CREATE UNIQUE INDEX order_number_key ON public."order" USING btree (number)
CREATE UNIQUE INDEX order_one_per_offer ON public."order" USING btree (offer_id)
CREATE INDEX order_open_by_team ON public."order" USING btree (team_id) WHERE (state = ANY (ARRAY['acknowledged'::text, 'pending'::text, 'held'::text, 'inProgress'::text, 'failed'::text]))
CREATE UNIQUE INDEX order_pkey ON public."order" USING btree (id)
CREATE UNIQUE INDEX partner_key_key ON public.partner USING btree (key)
CREATE UNIQUE INDEX partner_pkey ON public.partner USING btree (id)
CREATE UNIQUE INDEX price_pkey ON public.price USING btree (product_id, term_months, currency)
CREATE UNIQUE INDEX product_key_key ON public.product USING btree (key)
CREATE UNIQUE INDEX product_pkey ON public.product USING btree (id)
CREATE INDEX receipt_by_team ON public.receipt USING btree (team_id)
CREATE UNIQUE INDEX receipt_pkey ON public.receipt USING btree (token_id, team_id, product_id)
CREATE INDEX sealed_head_newest ON public.sealed_head USING btree (stream_id, seal DESC)
CREATE UNIQUE INDEX sealed_head_pkey ON public.sealed_head USING btree (seal, stream_id)
CREATE INDEX session_by_account ON public.session USING btree (account_id)
CREATE UNIQUE INDEX session_pkey ON public.session USING btree (id)
CREATE UNIQUE INDEX session_token_key ON public.session USING btree (token)
CREATE UNIQUE INDEX signing_key_one_of_each ON public.signing_key USING btree (state) WHERE (state = ANY (ARRAY['next'::text, 'current'::text]))
CREATE UNIQUE INDEX signing_key_pkey ON public.signing_key USING btree (kid)
CREATE UNIQUE INDEX staff_pkey ON public.staff USING btree (email)
CREATE UNIQUE INDEX stream_pkey ON public.stream USING btree (id)
CREATE INDEX subscription_by_end ON public.subscription USING btree (ends_on) WHERE (state <> 'terminated'::text)
CREATE INDEX subscription_by_team ON public.subscription USING btree (team_id, product_id, ends_on DESC)
CREATE UNIQUE INDEX subscription_order_item_id_key ON public.subscription USING btree (order_item_id)
CREATE UNIQUE INDEX subscription_pkey ON public.subscription USING btree (id)
CREATE INDEX team_by_customer ON public.team USING btree (customer_id) WHERE (customer_id IS NOT NULL)
CREATE INDEX team_by_name_key ON public.team USING btree (name_key)
CREATE UNIQUE INDEX team_name_pkey ON public.team_name USING btree (team_id, number)
CREATE UNIQUE INDEX team_pkey ON public.team USING btree (id)
CREATE UNIQUE INDEX team_slug_key ON public.team USING btree (slug)
CREATE INDEX verification_by_identifier ON public.verification USING btree (identifier)
CREATE UNIQUE INDEX verification_pkey ON public.verification USING btree (id)

-- sequences
lease_number_seq
offer_number
order_number

-- triggers
CREATE TRIGGER account_notes_transaction BEFORE UPDATE ON public.account FOR EACH ROW EXECUTE FUNCTION note_transaction()
CREATE TRIGGER event_never_changes BEFORE DELETE OR UPDATE ON public.event FOR EACH ROW EXECUTE FUNCTION refuse_change()
CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON public.event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()

-- functions
CREATE OR REPLACE FUNCTION public.append_event(p_stream text, p_at timestamp with time zone, p_kind text, p_actor_kind text, p_actor_id text, p_data jsonb)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
    declare
      v_number bigint;
    begin
      with s as (
        update stream
           set head = head + 1, previous_hash = head_hash,
               head_hash = event_hash(id, head + 1, p_at, p_kind, p_actor_kind, p_actor_id, p_data, head_hash)
         where id = p_stream
        returning head, previous_hash, head_hash)
      insert into event (stream_id, number, at, kind, actor_kind, actor_id, data, previous_hash, hash)
      select p_stream, head, p_at, p_kind, p_actor_kind, p_actor_id, p_data, previous_hash, head_hash from s
      returning number into v_number;
      if not found then
        raise exception 'there is no stream %', p_stream using errcode = 'foreign_key_violation';
      end if;
      return v_number;
    end $function$
CREATE OR REPLACE FUNCTION public.begin_request(p_scope text, p_key text, p_hash bytea)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
    declare
      v_stored idempotency_key;
    begin
      if not pg_try_advisory_xact_lock(hashtextextended(p_scope || ' ' || p_key, 0)) then
        return jsonb_build_object('state', 'running');
      end if;
      select * into v_stored from idempotency_key where scope = p_scope and key = p_key;
      if not found then
        return jsonb_build_object('state', 'new');
      elsif v_stored.request_hash <> p_hash then
        return jsonb_build_object('state', 'reused');
      end if;
      return jsonb_build_object('state', 'done', 'response', v_stored.response);
    end $function$
CREATE OR REPLACE FUNCTION public.close_holding(p_licence text, p_at timestamp with time zone, p_actor text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
    declare
      v_holding text;
    begin
      update holding set taken_at = greatest(p_at, given_at), taken_by = p_actor
       where licence_id = p_licence and taken_at is null
      returning id into v_holding;
      return v_holding;
    end $function$
CREATE OR REPLACE FUNCTION public.earlier_answer(p_scope text, p_key text, p_hash bytea)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
    begin
      return (
        select case when request_hash = p_hash then jsonb_build_object('state', 'done', 'response', response)
                    else '{"state": "reused"}' end
          from idempotency_key where scope = p_scope and key = p_key);
    end $function$
CREATE OR REPLACE FUNCTION public.event_hash(stream_id text, number bigint, at timestamp with time zone, kind text, actor_kind text, actor_id text, data jsonb, previous_hash bytea)
 RETURNS bytea
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
      select sha256(convert_to(
        stream_id || E'\n' || number || E'\n' || iso_moment(at) || E'\n' || kind || E'\n' || actor_kind || E'\n' ||
        actor_id || E'\n' || data::text || E'\n' || encode(previous_hash, 'hex'), 'UTF8'))
    $function$
CREATE OR REPLACE FUNCTION public.find_taken(p_team text, p_licence text, p_member text, p_actor text, p_roles text[], OUT v_before licence, OUT v_refusal text)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
    declare
      v_role text;
    begin
      select role into v_role from member where team_id = p_team and account_id = p_actor and state = 'accepted';
      select * into v_before from licence where id = p_licence and team_id = p_team;
      v_refusal := case
        when v_role is null then 'notFound'
        when not v_role = any (p_roles) then 'forbidden'
        when v_before.id is null then 'notFound'
        when v_before.state = 'free' then 'licenceNotHeld'
        when v_before.member_id <> p_member then 'holderChanged'
      end;
    end $function$
CREATE OR REPLACE FUNCTION public.finish_command(p_licence licence, p_at timestamp with time zone, p_kind text, p_actor text, p_data jsonb, p_key text, p_request_hash bytea)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
    declare
      v_response jsonb;
    begin
      v_response := jsonb_build_object('licence', licence_wire(p_licence),
        'revision', append_event(p_licence.team_id, p_at, p_kind, 'account', p_actor, p_data));
      if p_key is not null then
        insert into idempotency_key (scope, key, request_hash, response, at)
        values (p_actor, p_key, p_request_hash, v_response, p_at);
      end if;
      return v_response;
    end $function$
CREATE OR REPLACE FUNCTION public.give_licence(p_team text, p_product text, p_member text, p_actor text, p_roles text[], p_at timestamp with time zone, p_today date, p_holding text, p_key text, p_request_hash bytea)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
    declare
      v record; v_state text; v_kind text; v_data jsonb; v_earlier jsonb; v_response jsonb;
    begin
      perform 1 from stream where id = p_team for no key update;
      if p_key is not null then
        v_earlier := earlier_answer(p_actor, p_key, p_request_hash);
        if v_earlier is not null then return v_earlier; end if;
      end if;
      select a.role, m.state, m.account_id, m.invitation_ends_on, f.id as free,
             exists (select from licence l where l.member_id = m.id and l.product_id = p_product and l.usable) as holds
        into v
        from member a
        left join member m on m.id = p_member and m.team_id = p_team and m.state <> 'removed'
        left join lateral (
          select n.id
            from subscription s
            cross join lateral (
              select l.id from licence l
               where l.subscription_id = s.id and l.state = 'free' and l.usable order by l.number limit 1) n
           where s.team_id = p_team and s.product_id = p_product and s.state = 'active'
             and s.ends_on + s.grace_days >= p_today
           order by s.ends_on desc, s.id
           limit 1) f on true
       where a.team_id = p_team and a.account_id = p_actor and a.state = 'accepted';
      if not found then return '{"refusal": "notFound"}'; end if;
      if not v.role = any (p_roles) then return '{"refusal": "forbidden"}'; end if;
      if v.state is null then return '{"refusal": "memberUnknown"}'; end if;
      if v.holds then return '{"refusal": "alreadyHolds"}'; end if;
      if v.free is null then return no_free_licence(p_team, p_product, p_today); end if;

      v_state := case v.state when 'accepted' then 'held' else 'reserved' end;
      v_kind := case v.state when 'accepted' then 'licenceGiven' else 'licenceReserved' end;
      v_data := jsonb_build_object('licenceId', v.free, 'productId', p_product, 'memberId', p_member) ||
        case v_state when 'held' then jsonb_build_object('holdingId', p_holding, 'wasReserved', false)
                     else jsonb_build_object('endsOn', v.invitation_ends_on) end;
      -- All that the gift writes, in one statement: each further one would lengthen the lock on the team.
      with l as (
        update licence set state = v_state, member_id = p_member, since = greatest(p_at, freed_at)
         where id = v.free returning *),
      h as (
        insert into holding (id, licence_id, team_id, member_id, given_at, given_by)
        select p_holding, v.free, p_team, p_member, l.since, p_actor from l where v_state = 'held'),
      s as (
        update stream
           set head = head + 1, previous_hash = head_hash,
               head_hash = event_hash(id, head + 1, p_at, v_kind, 'account', p_actor, v_data, head_hash)
         where id = p_team
        returning head, previous_hash, head_hash),
      e as (
        insert into event (stream_id, number, at, kind, actor_kind, actor_id, data, previous_hash, hash)
        select p_team, head, p_at, v_kind, 'account', p_actor, v_data, previous_hash, head_hash from s)
      select jsonb_build_object('licence', licence_wire(l), 'revision', s.head) into v_response from l, s;
      if p_key is not null then
        insert into idempotency_key (scope, key, request_hash, response, at)
        values (p_actor, p_key, p_request_hash, v_response, p_at);
      end if;
      return jsonb_build_object('response', v_response, 'accounts', jsonb_build_array(v.account_id));
    end $function$
CREATE OR REPLACE FUNCTION public.iso_moment(at timestamp with time zone)
 RETURNS text
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$
      select to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
    $function$
CREATE OR REPLACE FUNCTION public.issue_leases(p_id text[], p_token bytea[], p_team text[], p_product text[], p_jkt text[], p_proof bytea[], p_now timestamp with time zone, p_today date, p_zone text, p_kid text)
 RETURNS json
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
 SET jit TO 'off'
AS $function$
    declare
      v_decided json;
    begin
      with facts as materialized (
        select a.*, d.token_id, d.account_id, d.application_id, d.email, d.confirmed, p.product_id, p.product_key,
               t.team_name, t.revision, m.member_id, l.licence_id, l.until, l.in_term,
               -- No lease outlives the last usable day, nor 30 days: so long a retired key is published.
               greatest(p_now + interval '1 second',
                 least(p_now + least(p.lease_hours, 720) * interval '1 hour',
                       (l.until + 1)::timestamp at time zone p_zone)) as expires_at
          from unnest(p_id, p_token, p_team, p_product, p_jkt, p_proof)
               with ordinality as a (id, token, team_id, product, jkt, proof, position)
          left join lateral (
            select d.id as token_id, d.account_id, d.application_id, c.email, c.email_verified as confirmed
              from device_token d
              join application o on o.id = d.application_id and not o.retired
              join account c on c.id = d.account_id
             where d.hash = a.token and d.revoked_at is null and d.expires_at > p_now limit 1) d on true
          left join lateral (
            select p.id as product_id, p.key as product_key, p.lease_hours
              from application_product ap join product p on p.id = ap.product_id
             where ap.application_id = d.application_id and (p.id = a.product or p.key = a.product) limit 1) p on true
          left join lateral (
            select t.name as team_name, s.head as revision
              from team t join stream s on s.id = t.id where t.id = a.team_id limit 1) t on true
          left join lateral (
            select m.id as member_id from member m
             where m.team_id = a.team_id and m.account_id = d.account_id and m.state = 'accepted' limit 1) m on true
          left join lateral (
            select l.id as licence_id, s.ends_on + s.grace_days as until, s.ends_on >= p_today as in_term
              from licence l join subscription s on s.id = l.subscription_id
             where l.member_id = m.member_id and l.product_id = p.product_id and l.state = 'held' and l.usable
               and s.ends_on + s.grace_days >= p_today limit 1) l on true
      ), signing as (
        select exists (select from signing_key k where k.kid = p_kid and k.state = 'current') as is_current
      ), written as (
        insert into lease (id, account_id, application_id, token_id, team_id, member_id, product_id, licence_id,
                           jkt, proof, kid, issued_at, expires_at)
        select f.id, f.account_id, f.application_id, f.token_id, f.team_id, f.member_id, f.product_id, f.licence_id,
               f.jkt, f.proof, p_kid, p_now, f.expires_at
          from facts f, signing
         where f.licence_id is not null and f.confirmed and signing.is_current
         order by f.proof
        on conflict on constraint lease_one_per_proof do nothing
        returning lease.id, lease.number
      )
      select json_build_object('isKeyCurrent', (select is_current from signing), 'leases',
        json_agg(case when f.token_id is not null then json_build_object(
          'accountId', f.account_id, 'applicationId', f.application_id, 'productId', f.product_id,
          'productKey', f.product_key, 'teamName', f.team_name, 'revision', f.revision,
          'licenceId', f.licence_id, 'until', f.until, 'isInTerm', f.in_term,
          'expiresAt', extract(epoch from f.expires_at)::bigint, 'number', w.number,
          'refused', case when f.licence_id is null or not f.confirmed then
            lease_facts(f.team_id, f.product_id, f.account_id, f.email, f.confirmed, p_today) end)
        end order by f.position))
        into v_decided
        from facts f left join written w on w.id = f.id;
      return v_decided;
    end $function$
CREATE OR REPLACE FUNCTION public.lease_facts(p_team text, p_product text, p_account text, p_email text, p_confirmed boolean, p_today date)
 RETURNS json
 LANGUAGE sql
 STABLE
AS $function$
      select json_build_object('confirmed', p_confirmed, 'memberState', m.state,
          'licences', (select coalesce(json_agg(json_build_object('licenceId', l.id, 'state', l.state, 'endsOn', s.ends_on,
                                'graceDays', s.grace_days, 'suspendedDays', s.suspended_days)), '[]')
                         from licence l join subscription s on s.id = l.subscription_id
                        where l.member_id = m.id and l.product_id = p_product
                          and (l.usable or s.ends_on + s.grace_days < p_today)),
          'subscriptions', (select coalesce(json_agg(json_build_object('endsOn', s.ends_on, 'graceDays', s.grace_days,
                                     'suspendedDays', s.suspended_days)), '[]')
                              from subscription s where s.team_id = p_team and s.product_id = p_product))
        from (select) one
        left join lateral (
          select id, state from (
            select id, state, 1 as rank from member
             where team_id = p_team and account_id = p_account and state = 'accepted'
            union all
            select id, state, case state when 'invited' then 2 else 3 end
              from member where team_id = p_team and email = p_email and state <> 'accepted') known
           order by rank, id desc limit 1) m on true
    $function$
CREATE OR REPLACE FUNCTION public.licence_wire(l licence)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
      select jsonb_build_object('id', l.id, 'number', l.number, 'productId', l.product_id,
        'subscriptionId', l.subscription_id, 'state', l.state, 'memberId', l.member_id,
        'since', case when l.since is not null then iso_moment(l.since) end)
    $function$
CREATE OR REPLACE FUNCTION public.move_licence(p_team text, p_licence text, p_from text, p_to text, p_actor text, p_roles text[], p_at timestamp with time zone, p_today date, p_holding text, p_key text, p_request_hash bytea)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
    declare
      v record; v_before licence; v_licence licence; v_to member; v_account text; v_earlier jsonb; v_response jsonb;
    begin
      perform 1 from stream where id = p_team for no key update;
      if p_key is not null then
        v_earlier := earlier_answer(p_actor, p_key, p_request_hash);
        if v_earlier is not null then return v_earlier; end if;
      end if;
      select * into v from find_taken(p_team, p_licence, p_from, p_actor, p_roles);
      if v.v_refusal is not null then return jsonb_build_object('refusal', v.v_refusal); end if;
      v_before := v.v_before;
      if p_from = p_to then return '{"refusal": "sameMember"}'; end if;
      select * into v_to from member where id = p_to and team_id = p_team and state <> 'removed';
      if not found then return '{"refusal": "memberUnknown"}'; end if;
      if exists (select from licence where member_id = p_to and product_id = v_before.product_id and usable) then
        return '{"refusal": "alreadyHolds"}';
      end if;
      if not exists (select from subscription s where s.id = v_before.subscription_id and s.state = 'active'
                     and s.ends_on + s.grace_days >= p_today) then
        return '{"refusal": "noSubscription"}';
      end if;

      perform close_holding(p_licence, p_at, p_actor);
      update licence
         set state = case v_to.state when 'accepted' then 'held' else 'reserved' end, member_id = p_to,
             since = greatest(p_at, since)
       where id = p_licence
      returning * into v_licence;
      if v_licence.state = 'held' then
        insert into holding (id, licence_id, team_id, member_id, given_at, given_by)
        values (p_holding, p_licence, p_team, p_to, v_licence.since, p_actor);
      end if;
      select account_id into v_account from member where id = p_from;
      v_response := finish_command(v_licence, p_at, 'licenceMoved', p_actor,
        jsonb_build_object('licenceId', p_licence, 'productId', v_before.product_id, 'before', p_from, 'after', p_to,
          'assignment', case v_licence.state when 'held' then 'holding' else 'reservation' end), p_key, p_request_hash);
      return jsonb_build_object('response', v_response, 'accounts', jsonb_build_array(v_account, v_to.account_id));
    end $function$
CREATE OR REPLACE FUNCTION public.no_free_licence(p_team text, p_product text, p_today date)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
      select case when exists (select from subscription s where s.team_id = p_team and s.product_id = p_product
                               and s.state = 'active' and s.ends_on + s.grace_days >= p_today)
             then '{"refusal": "licencesExhausted"}'::jsonb else '{"refusal": "noSubscription"}'::jsonb end
    $function$
CREATE OR REPLACE FUNCTION public.note_transaction()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      new.transaction_id := pg_current_xact_id();
      return new;
    end $function$
CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    begin
      raise exception 'events never change' using errcode = 'integrity_constraint_violation';
    end $function$
CREATE OR REPLACE FUNCTION public.take_licence(p_team text, p_licence text, p_member text, p_actor text, p_roles text[], p_at timestamp with time zone, p_key text, p_request_hash bytea)
 RETURNS jsonb
 LANGUAGE plpgsql
AS $function$
    declare
      v record; v_licence licence; v_account text; v_holding text; v_earlier jsonb; v_data jsonb; v_response jsonb;
    begin
      perform 1 from stream where id = p_team for no key update;
      if p_key is not null then
        v_earlier := earlier_answer(p_actor, p_key, p_request_hash);
        if v_earlier is not null then return v_earlier; end if;
      end if;
      select * into v from find_taken(p_team, p_licence, p_member, p_actor, p_roles);
      if v.v_refusal is not null then return jsonb_build_object('refusal', v.v_refusal); end if;

      update licence set state = 'free', member_id = null, since = null, freed_at = greatest(p_at, since)
       where id = p_licence
      returning * into v_licence;
      v_holding := close_holding(p_licence, p_at, p_actor);
      select account_id into v_account from member where id = p_member;
      v_data := jsonb_build_object('licenceId', p_licence, 'productId', v_licence.product_id, 'memberId', p_member);
      if v_holding is null then
        v_response := finish_command(v_licence, p_at, 'reservationWithdrawn', p_actor, v_data, p_key, p_request_hash);
      else
        v_response := finish_command(v_licence, p_at, 'licenceTaken', p_actor,
          v_data || jsonb_build_object('holdingId', v_holding, 'because', 'taken'), p_key, p_request_hash);
      end if;
      return jsonb_build_object('response', v_response, 'accounts', jsonb_build_array(v_account));
    end $function$
