import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { addDays } from '../../../domain/calendar-date.ts';
import type { ProductId } from '../../../domain/id.ts';
import { chooseLicence } from '../../../domain/licence.ts';
import { readPool } from '../../features/licence/term.queries.ts';
import { todayOf } from '../../platform/ground.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { addLicences, makeProduct, makeTeam } from '../harness/team-builder.ts';

describe('the licence that a tick gives', () => {
  let app: TestApp;
  let productId: ProductId;
  let serial = 0;

  before(async () => {
    app = await createTestApp();
    productId = await makeProduct(app);
  });
  after(() => app.close());

  const subscription = fc.record({
    /** Days from the start of its year-long term to today: also in grace, suspended and terminated. */
    age: fc.constantFrom(0, 100, 364, 380, 400, 500, 600),
    licences: fc.array(fc.boolean(), { minLength: 1, maxLength: 4 }),
  });

  it('is the one that the domain chooses, whatever the team has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(subscription, { maxLength: 4 }), async (subscriptions) => {
        serial += 1;
        const { teamId, owner, ownerMemberId } = await makeTeam(app, `chooser${serial}@office.example`);
        const today = todayOf(app.ground);
        for (const { age, licences } of subscriptions) {
          const startsOn = addDays(today, -age);
          const id = await addLicences(app, { teamId, productId, quantity: licences.length, startsOn });
          await take(
            id,
            licences.flatMap((taken, index) => (taken ? [index + 1] : [])),
          );
        }
        const pool = await readPool(app.ground.db, { teamId, productId, today });
        const chosen = chooseLicence(pool);
        const given = await owner.giveLicence({ teamId, body: { productId, memberId: ownerMemberId } }).then(
          ({ licence }) => licence.id,
          () => undefined,
        );
        assert.equal(given, chosen?.id);
      }),
      { numRuns: 25 },
    );
  });

  /** Puts these numbers into the hands of people of their own. */
  async function take(subscriptionId: string, numbers: readonly number[]): Promise<void> {
    const { db, newId, clock } = app.ground;
    for (const number of numbers) {
      const licence = await db
        .selectFrom('licence')
        .select(['id', 'teamId'])
        .where('subscriptionId', '=', subscriptionId as never)
        .where('number', '=', number)
        .executeTakeFirstOrThrow();
      const memberId = newId('mem');
      const email = `${memberId}@office.example` as never; // unique, and nobody reads it
      await db
        .insertInto('member')
        .values({
          id: memberId,
          teamId: licence.teamId,
          accountId: null,
          email,
          name: 'Somebody',
          role: 'member',
          state: 'invited',
          invitedBy: null,
          invitedAt: clock.now(),
          invitationEndsOn: null,
          acceptedAt: null,
          removedAt: null,
        })
        .execute();
      await db.updateTable('licence').set({ state: 'reserved', memberId }).where('id', '=', licence.id).execute();
    }
  }
});
