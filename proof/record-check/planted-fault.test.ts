import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import pg from 'pg';
import type { MemberId } from '../../domain/id.ts';
import { sealRecord } from '../../server/features/seal/seal.service.ts';
import { createKeyring } from '../../server/features/signing-key/keyring.service.ts';
import type { TestApp } from '../../server/tests/harness/app.ts';
import { createTestApp } from '../../server/tests/harness/app.ts';
import { outcomes } from '../../server/tests/harness/outcomes.ts';
import { openMarket } from '../../server/tests/harness/sale-builder.ts';
import { checkRecord } from './check-record.ts';
import type { SoldTeam } from './sold-team.ts';
import { sellTeam } from './sold-team.ts';

// What keeps the rules is taken away or gone around, on a real database, and the check has to say so.
describe('the record check, where a fault is planted', () => {
  let app: TestApp;
  let admin: pg.Client;
  let team: SoldTeam;
  let known: readonly string[] = [];

  before(async () => {
    app = await createTestApp();
    team = await sellTeam(app, await openMarket(app), { licences: 6, members: 6, invited: 1 });
    for (const memberId of team.memberIds.slice(0, 2)) await give(memberId, memberId);
    await sealRecord(app.ground, createKeyring(app.ground));
    await app.settled();
    admin = new pg.Client({ connectionString: app.databaseUrl });
    await admin.connect();
    await admin.query("set session_replication_role = 'replica'");
    assert.deepEqual(await checkRecord(app.databaseUrl), []);
  });
  after(async () => {
    await admin.end();
    await app.close();
  });

  const give = (memberId: MemberId, idempotencyKey?: string) => {
    const { owner, teamId, productId } = team;
    return owner.giveLicence({ teamId, body: { productId, memberId }, ...(idempotencyKey && { idempotencyKey }) });
  };

  /** The check says something of this form that it did not say before. */
  async function assertFound(...forms: RegExp[]): Promise<void> {
    const faults = await checkRecord(app.databaseUrl);
    const fresh = faults.filter((fault) => !known.includes(fault));
    known = faults;
    for (const form of forms)
      assert.ok(
        fresh.some((fault) => form.test(fault)),
        `${form}: ${fresh.join('\n')}`,
      );
  }

  /** The database's function without a part of its text. */
  async function replaceIn(name: string, before: string, by: string): Promise<void> {
    const { rows } = await admin.query<{ text: string }>('select pg_get_functiondef($1::regproc) as text', [name]);
    const text = rows[0]?.text ?? '';
    assert.ok(text.includes(before), `${name} has lost ${before}`);
    await admin.query(text.replace(before, by));
  }

  it('finds the two holders of one licence when giving neither locks nor is held to one holder', async () => {
    await admin.query('drop index holding_one_open');
    await replaceIn('give_licence', 'perform 1 from stream where id = p_team for no key update;', '');
    await replaceIn(
      'give_licence',
      'if not found then return \'{"refusal"',
      'perform pg_sleep(0.05); if not found then return \'{"refusal"',
    );
    const counts = await outcomes(team.memberIds.slice(2, 6).map((memberId) => give(memberId)));

    assert.deepEqual(counts, { done: 4 });
    await assertFound(
      /rule 1: lic_\w+ is in \d open holdings/,
      /rule 1: team_\w+ event \d+ \(licenceGiven\): mem_\w+ has lic_/,
    );
  });

  it('finds a holding that a take left open', async () => {
    await replaceIn(
      'close_holding',
      'update holding set taken_at',
      'update holding set id = id, licence_id = licence_id; select null into v_holding; return v_holding; update holding set taken_at',
    );
    const { licences } = await team.owner.listLicences({ teamId: team.teamId });
    const held = licences.find(({ memberId }) => memberId === team.memberIds[0]);
    assert.ok(held?.memberId);
    await team.owner.takeLicence({ teamId: team.teamId, licenceId: held.id, body: { memberId: held.memberId } });

    await assertFound(/rule 1: lic_\w+ is free with nobody, its open holding with mem_/);
  });

  const lastEvent = `(stream_id, number) = (select id, head from stream where id like 'team_%' limit 1)`;
  const planted: readonly [what: string, sql: string, ...forms: RegExp[]][] = [
    [
      'a seal that is signed by somebody else',
      `update signing_key set public_x = decode(repeat('ab', 32), 'hex')`,
      /rule 11: vendor event \d+ \(recordSealed\): is not signed by key_/,
    ],
    [
      'a head that a seal lists and the record does not have',
      `update sealed_head set hash = decode(repeat('ab', 32), 'hex') where stream_id like 'team_%'`,
      /rule 11: team_\w+ event \d+ is not the one that seal 1 covers/,
      /rule 11: vendor event \d+ \(recordSealed\): is not the digest of what is listed/,
    ],
    [
      'a stream that a seal leaves out',
      `delete from sealed_head where stream_id like 'team_%';
       update event set at = at - interval '1 hour' where stream_id like 'team_%' and number = 1`,
      /rule 11: vendor event \d+ \(recordSealed\): covers \d+ heads, and \d+ are listed/,
      /rule 11: vendor event \d+ \(recordSealed\): leaves team_\w+ out/,
    ],
    [
      'an event that is missing in the middle',
      `delete from event where stream_id like 'team_%' and number = 3`,
      /rule 11: team_\w+ event 4: follows number 2/,
    ],
    [
      'an event that was changed',
      `update event set data = data || '{"because": "removed"}' where stream_id like 'team_%' and number = 5`,
      /rule 11: team_\w+ event 5: is not what its hash says/,
    ],
    [
      'the newest event gone, with the head put back behind it',
      `update stream s set head = s.head - 1, head_hash = e.previous_hash from event e
        where e.stream_id = s.id and e.number = s.head and s.id like 'team_%';
       delete from event e using stream s where s.id = e.stream_id and e.number > s.head and s.id like 'team_%'`,
      /rule 11: lic_\w+ of team_\w+: state is free, by the record held/,
    ],
    [
      'an event that names an address',
      `update event set data = data || '{"name": "anna@buero.example"}' where ${lastEvent}`,
      /rule 11: team_\w+ event \d+ \(\w+\) holds "anna@buero.example"/,
    ],
    [
      'a change of a row that no event tells of',
      `update member set role = 'administrator' where id = '%member5%'`,
      /rule 11: mem_\w+ of team_\w+: role is administrator, by the record member/,
    ],
    [
      'a reservation of somebody who has accepted',
      `update licence set state = 'reserved' where id = (select id from licence where state = 'held' limit 1)`,
      /rule 3: lic_\w+ is reserved with mem_\w+, who is accepted/,
    ],
    [
      'two usable licences with one member',
      `drop index licence_one_per_member;
       update licence set state = 'held', member_id = '%member5%', since = now() where state = 'free' or state = 'reserved'`,
      /rule 2: mem_\w+ has \d of prod_/,
    ],
    [
      'more licences taken than were sold, and another number sold than ordered',
      `update subscription set quantity = 1`,
      /rule 1: team_\w+ has \d of prod_\w+ taken, and 1 of it/,
      /rule 6: sub_\w+ is not what item_\w+ has ordered/,
    ],
    [
      'a holding in another team than its licence',
      `update holding set team_id = 'team_00000000000000000000000000' where taken_at is null`,
      /rule 4: hold_\w+ is in team_0+, its licence in team_/,
      /rule 4: hold_\w+ of team_0+ is about lic_/,
    ],
    [
      'a subscription that sells more licences than it has',
      `delete from holding where licence_id in (select id from licence where number = 6);
       delete from licence where number = 6`,
      /rule 1: sub_\w+ of team_\w+ has 5 licences, not 6/,
    ],
    [
      'a holder who is of another team',
      `update licence set team_id = 'team_00000000000000000000000000' where number = 1`,
      /rule 4: lic_\w+ of team_0+ is of the subscription/,
    ],
    [
      'a second order of one offer',
      `drop index order_one_per_offer;
       insert into "order" (id, number, offer_id, customer_id, partner_id, state, placed_at)
       select 'ord_00000000000000000000000000', 'twice', offer_id, customer_id, partner_id, 'inProgress', now() from "order"`,
      /rule 6: off_\w+ became 2 orders/,
      /rule 6: ord_0+ is in progress and no job will process it/,
    ],
    [
      'an order item that was provisioned twice',
      `alter table subscription drop constraint subscription_order_item_id_key;
       insert into subscription select 'sub_00000000000000000000000000', team_id, product_id, order_item_id, quantity, starts_on,
         ends_on, grace_days, suspended_days, state, notified_step, created_at from subscription limit 1`,
      /rule 6: item_\w+ of an order that is completed has 2 subscriptions/,
    ],
    [
      'a notice that was lost',
      `delete from mailbox_message where notice_id in (select id from notice where kind = 'invitation');
       delete from notice where kind = 'invitation'`,
      /rule 6: team_\w+ owes 1 notices invitation mem_\w+, and 0 were queued/,
    ],
    [
      'a notice that nobody will hand over',
      `update notice set state = 'queued', accepted_at = null where kind = 'orderCompleted'`,
      /rule 6: ntc_\w+ is queued and no job will hand it over/,
    ],
    [
      'an answer that is kept for a change that was lost',
      `update idempotency_key set response = response || '{"revision": 900}' where response ? 'revision' and response ? 'licence'`,
      /rule 7: mem_\w+ of acc_\w+ has the answer of revision 900 of team_\w+, which is another change/,
    ],
    [
      'storage that nobody has bought',
      'update allotment set quantity = quantity + 1, bytes = bytes + bytes_each',
      /rule 9: alm_\w+ adds \d+ bytes to team_/,
    ],
    [
      'a holding that begins before the one before it has ended',
      `update holding set taken_at = given_at, taken_by = given_by where taken_at is null;
       insert into holding select 'hold_00000000000000000000000000', licence_id, team_id, member_id,
         given_at - interval '1 second', given_by, given_at + interval '1 second', given_by from holding limit 1`,
      /rule 1: lic_\w+ was given at .*, before it was taken at/,
      /rule 1: lic_\w+ was held \d times before, by the record never/,
    ],
    [
      'a team that the record does not know',
      `insert into team select (t).* from (
         select jsonb_populate_record(t, '{"id": "team_00000000000000000000000001", "slug": "unrecorded"}') as t
           from team t limit 1) as copy`,
      /rule 11: team_0+1 is in no record/,
      /rule 11: team_0+1 has 0 owners/,
    ],
    [
      'two owners of a team',
      `drop index member_one_owner; update member set role = 'owner', external = false where id = '%member5%'`,
      /rule 11: team_\w+ has 2 owners/,
    ],
    [
      'two members with one account and one address',
      `drop index member_one_account; drop index member_one_address;
       update member m set (account_id, email) = (select account_id, email from member where role = 'owner' and team_id = m.team_id limit 1)
        where id = '%member5%'`,
      /rule 11: team_\w+ has 2 members with one address/,
      /rule 11: team_\w+ has 2 members with acc_/,
    ],
    [
      'somebody who accepted and has no account',
      `alter table member drop constraint member_accepted_has_account;
       update member set account_id = null where id = '%member5%'`,
      /rule 3: mem_\w+ accepted and has no account/,
    ],
    [
      'a licence that is free and names somebody',
      `alter table licence drop constraint licence_state_names_member;
       update licence set state = 'free' where id = (select id from licence where state = 'held' order by id limit 1)`,
      /rule 1: lic_\w+ is free and names mem_/,
    ],
    [
      'a licence that works after its subscription has ended, or the other way round',
      `update licence set usable = not usable where number = 2`,
      /rule 4: lic_\w+ is usable: false, its subscription active/,
    ],
    [
      'an order of which one mailbox was told twice',
      `insert into notice select (n).* from (
         select jsonb_populate_record(n, '{"id": "ntc_00000000000000000000000001"}') as n
           from notice n where kind = 'orderCompleted' order by id limit 1) as copy`,
      /rule 6: ord_\w+ has 2 notices orderCompleted to one mailbox/,
    ],
    [
      'an order of which nobody was told',
      `delete from notice where kind = 'orderCompleted'`,
      /rule 6: ord_\w+ is completed and nobody was told/,
    ],
    [
      'a notice that was accepted by nobody',
      `update notice set attempts = 0, accepted_at = null where id = (select min(id) from notice where state = 'accepted')`,
      /rule 6: ntc_\w+ is accepted after 0 tries/,
    ],
    [
      'a mail that was handed over and has failed',
      `update notice set state = 'failed' where id = (select min(m.notice_id) from mailbox_message m join notice n on n.id = m.notice_id)`,
      /rule 6: ntc_\w+ lies in the mailbox, and is failed/,
    ],
    [
      'two live links for one thing',
      `drop index link_one_live; update link set used_at = null, ended_at = null;
       insert into link select (l).* from (
         select jsonb_populate_record(l, '{"id": "link_00000000000000000000000001"}') as l from link l limit 1) as copy`,
      /rule 6: the \w+ of \w+ has 2 live links/,
    ],
    [
      'one change that two keys answer with',
      `insert into idempotency_key select (k).* from (
         select jsonb_populate_record(k, '{"key": "another"}') as k from idempotency_key k
          where response ? 'licence' limit 1) as copy`,
      /rule 7: team_\w+ revision \d+ answers \d+ keys/,
    ],
    [
      'events of a stream that is gone',
      `delete from stream where id like 'team_%'`,
      /rule 11: team_\w+ has events and is no stream/,
    ],
  ];

  for (const [what, sql, ...forms] of planted) {
    it(`finds ${what}`, async () => {
      await admin.query(sql.replaceAll('%member5%', team.memberIds[5] ?? ''));
      await assertFound(...forms);
    });
  }
});
