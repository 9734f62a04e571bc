import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { MailTransport } from '../../server/platform/mail.ts';
import type { SmallWorld } from './small-world.ts';
import { openSmallWorld } from './small-world.ts';

/** Runs a story in a world of its own, and closes that however it ends. */
async function inWorld(
  tell: (world: SmallWorld) => Promise<void>,
  plant?: (mail: MailTransport) => MailTransport,
): Promise<void> {
  const world = await openSmallWorld(plant);
  try {
    await tell(world);
  } finally {
    await world.close();
  }
}

const finds = (faults: readonly string[], pattern: RegExp) =>
  assert.ok(
    faults.some((fault) => pattern.test(fault)),
    `none of [${faults.join('; ')}] is ${pattern}`,
  );

describe('the checkers of the crash part', () => {
  it('find nothing where every first answer is lost and the product is whole', () =>
    inWorld(async (world) => {
      await world.handOut(12);
      await world.sell(2);
      assert.deepEqual(await world.check(), []);
      assert.deepEqual(world.refusals, []);
      assert.equal(world.ledger.commands.length, 12);
      assert.equal(world.ledger.orders.size, 2);
    }));

  it('find changes that are made twice where the answers for repeated requests are not kept', () =>
    inWorld(async (world) => {
      await world.pool.query(`
        create function forget() returns trigger language plpgsql as 'begin return null; end';
        create trigger forget before insert on idempotency_key for each row execute function forget()`);
      await world.handOut(4);
      await world.sell(2);
      const faults = await world.check();
      finds(faults, /^offer off_\w+ was made a second time/);
      finds(faults, /^licence\w+ lic_\w+ mem_\w+ .*was never asked for, or twice/);
      finds(world.refusals, /already has a licence/);
    }));

  it('find an order and mails that are never done where jobs are not part of the change', () =>
    inWorld(async (world) => {
      // The process dies after the commit and before it queues.
      Object.assign(world.app.ground.jobs, { queue: async () => {} });
      await world.sell(1);
      const faults = await world.check();
      finds(faults, /^order ord_\w+: state is inProgress, not completed/);
      finds(faults, /^the notice offerAcceptedByPhone ntc_\w+ \(queued\) was never handed over/);
    }));

  it('find a mail that is another one when it is repeated', () =>
    inWorld(
      async (world) => {
        await world.sell(1);
        finds(await world.check(), /^the notice ntc_\w+ was handed over in 2 different ways/);
      },
      (mail) => repeating(mail, (sent, time) => ({ ...sent, at: new Date(sent.at.getTime() + time * 1000) })),
    ));

  it('find a mail whose Message-ID is new each time', () =>
    inWorld(
      async (world) => {
        await world.sell(1);
        finds(await world.check(), /^a mail \S+-1 was sent that no notice is kept of/);
      },
      (mail) => repeating(mail, (sent, time) => ({ ...sent, id: `${sent.id}-${time}` })),
    ));

  it('find nothing in a mail that is repeated as it was', () =>
    inWorld(
      async (world) => {
        await world.sell(1);
        assert.deepEqual(await world.check(), []);
      },
      (mail) => repeating(mail, (sent) => sent),
    ));

  it('find a licence that was acknowledged and is lost, and one that comes twice', () =>
    inWorld(async (world) => {
      await world.handOut(5);
      await world.sell(1);
      await world.app.settled();
      const [member] = world.ledger.holders.get(world.team.teamId)?.keys() ?? [];
      assert.ok(member, 'somebody holds a licence');
      await world.pool.query(`update licence set state = 'free', member_id = null where member_id = $1`, [member]);
      await world.pool.query(`
        alter table subscription drop constraint subscription_order_item_id_key;
        insert into subscription select (s).* from (
          select jsonb_populate_record(s, '{"id": "sub_00000000000000000000000001"}') as s
            from subscription s where order_item_id is not null limit 1) as copy`);
      const faults = await world.check();
      finds(faults, new RegExp(`^${member} holds undefined, and was given lic_`));
      finds(faults, /^order ord_\w+: subscriptions is 2, not 1/);
    }));
});

/** Every mail is taken and the answer is lost, once; what is sent is changed by how often that was. */
function repeating(mail: MailTransport, change: (sent: Sent, time: number) => Sent): MailTransport {
  const times = new Map<string, number>();
  return {
    async handOver(sent) {
      const time = times.get(sent.id) ?? 0;
      times.set(sent.id, time + 1);
      const answer = await mail.handOver(change(sent, time));
      return time === 0 ? { outcome: 'delayed', reason: 'the answer is lost' } : answer;
    },
    close: () => mail.close(),
  };
}

type Sent = Parameters<MailTransport['handOver']>[0];
