import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { SmallWorld } from './small-world.ts';
import { openSmallWorld } from './small-world.ts';

// One world for all of them: each fault is planted on top of those before it, and the checkers have to say so.
describe('the checkers of the crash part', () => {
  let world: SmallWorld;
  let known: readonly string[] = [];

  before(async () => {
    world = await openSmallWorld();
  });
  after(() => world.close());

  /** What the checkers say that they have not said before. */
  async function fresh(): Promise<string[]> {
    const faults = await world.check();
    const found = faults.filter((fault) => !known.includes(fault));
    known = faults;
    return found;
  }

  async function assertFound(...forms: RegExp[]): Promise<void> {
    assertAmong(await fresh(), ...forms);
  }

  function assertAmong(faults: readonly string[], ...forms: RegExp[]): void {
    for (const form of forms)
      assert.ok(
        faults.some((fault) => form.test(fault)),
        `none of [${faults.join('; ')}] is ${form}`,
      );
  }

  it('find nothing where every first answer is lost and the product is whole', async () => {
    await world.handOut(12);
    await world.sell(2);
    await world.sell(1, 'links');
    assert.deepEqual(await fresh(), []);
    assert.deepEqual(await world.repeat(), []);
    assert.deepEqual(await fresh(), []);
    assert.deepEqual(world.refusals, []);
    assert.equal(world.ledger.commands.length, 12);
    assert.equal(world.ledger.orders.size, 3);
  });

  it('find nothing in an order whose mail nobody has read, and that it was placed a second time', async () => {
    await world.sell(1, 'linksUnread');
    assert.deepEqual(await fresh(), []);
    const [orderId] = [...world.ledger.orders].findLast(([, { completion }]) => !completion) ?? [];
    await world.pool.query(`
      drop index order_one_per_offer;
      insert into "order" select (o).* from (
        select jsonb_populate_record(o, '{"id": "ord_00000000000000000000000001", "number": "twice"}') as o
          from "order" o where id = '${orderId}') as copy`);
    await assertFound(/^order ord_0+1 was placed a second time/);
  });

  it('find nothing in a mail that is repeated as it was', async () => {
    world.repeatMails((mail) => mail);
    await world.sell(1);
    assert.deepEqual(await fresh(), []);
  });

  it('find a mail that is another one when it is repeated', async () => {
    world.repeatMails((mail, time) => ({ ...mail, at: new Date(mail.at.getTime() + time * 1000) }));
    await world.sell(1);
    await assertFound(/^the notice ntc_\w+ was handed over in 2 different ways/);
  });

  it('find a mail whose Message-ID is new each time', async () => {
    world.repeatMails((mail, time) => ({ ...mail, id: `${mail.id}-${time}` }));
    await world.sell(1);
    await assertFound(/^a mail \S+-1 was sent that no notice is kept of/);
    world.repeatMails(undefined);
  });

  it('find an order and mails that are never done where jobs are not part of the change', async () => {
    const { jobs } = world.app.ground;
    const { queue } = jobs;
    // The process dies after the commit and before it queues.
    Object.assign(jobs, { queue: async () => {} });
    await world.sell(1);
    Object.assign(jobs, { queue });
    await assertFound(
      /^order ord_\w+: state is inProgress, not completed/,
      /^the notice offerAcceptedByPhone ntc_\w+ \(queued\) was never handed over/,
    );
  });

  it('find an answer that is another one when its request is repeated', async () => {
    await world.handOut(1);
    await world.pool.query(
      `update idempotency_key set response = response || '{"revision": 900}' where response ? 'revision'`,
    );
    assertAmong(await world.repeat(), /"revision":\d+.* was answered, and when it was repeated .*"revision":900/);
  });

  it('find a change of a team that nobody has asked for', async () => {
    const { owner, teamId } = world.team;
    // Its answer is lost, as all first ones are.
    await owner.inviteMembers({ teamId, body: { people: [{ email: 'stranger@office.example' }] } }).catch(() => {});
    await assertFound(/^memberInvited .* happened at revision \d+ of team_\w+ and was never asked for, or twice/);
  });

  it('find a notice that contradicts what was done', async () => {
    await world.pool.query(`
      insert into notice select (n).* from (
        select jsonb_populate_record(n, '{"id": "ntc_00000000000000000000000001", "kind": "orderRefused"}') as n
          from notice n where kind = 'orderCompleted' limit 1) as copy`);
    await assertFound(/^the notice orderRefused about ord_\w+ went to \S+, and nobody owes it/);
  });

  it('find a team that was made twice, one that went elsewhere and one that is gone', async () => {
    const [order] = [...world.ledger.orders.values()].filter(({ completion }) => completion?.madeTeam);
    assert.ok(order?.completion?.madeTeam);
    world.ledger.teamNames.add('Gone');
    await world.pool.query(`
      set session_replication_role = 'replica';
      insert into team select (t).* from (
        select jsonb_populate_record(t, '{"id": "team_00000000000000000000000001", "slug": "twice"}') as t
          from team t where name = '${order.completion.madeTeam}') as copy;
      insert into team select (t).* from (
        select jsonb_populate_record(t, '{"id": "team_00000000000000000000000002", "slug": "more", "name": "More"}') as t
          from team t limit 1) as copy;
      reset session_replication_role`);
    await assertFound(
      /^the team Team \S+ was made a second time, as team_/,
      /^the team Gone was acknowledged and is gone/,
      /^nobody has asked for the team More/,
    );
    await world.pool.query(`update "order" set team_id = $2 where offer_id = $1`, [order.offerId, world.team.teamId]);
    await assertFound(/^the team Team \S+ was made for ord_\w+, which went elsewhere/);
  });

  it('find a licence that was acknowledged and is lost, and one that comes twice', async () => {
    while (!world.ledger.holders.get(world.team.teamId)?.size) await world.handOut(1);
    const [member, licence] = [...(world.ledger.holders.get(world.team.teamId) ?? [])][0] ?? [];
    assert.ok(member, 'somebody holds a licence');
    await world.pool.query(`update licence set state = 'free', member_id = null where id = $1`, [licence]);
    await world.pool.query(`
      alter table subscription drop constraint subscription_order_item_id_key;
      insert into subscription select (s).* from (
        select jsonb_populate_record(s, '{"id": "sub_00000000000000000000000001"}') as s
          from subscription s where order_item_id is not null limit 1) as copy`);
    await assertFound(
      new RegExp(`^${member} holds undefined, and was given lic_`),
      /^order ord_\w+: subscriptions is 2, not 1/,
    );
    await world.pool.query(`update licence set state = 'held', member_id = $1 where id = $2`, [member, licence]);
  });

  it('find changes that are made twice where the answers for repeated requests are not kept', async () => {
    await world.pool.query(`
      create function forget() returns trigger language plpgsql as 'begin return null; end';
      create trigger forget before insert on idempotency_key for each row execute function forget()`);
    await world.handOut(4);
    await world.sell(2);
    await assertFound(
      /^offer off_\w+ was made a second time/,
      /^licence\w+ lic_\w+ mem_\w+ .*was never asked for, or twice/,
    );
    assertAmong(world.refusals, /already has a licence/);
  });
});
