import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Action, ActorKind } from './permission.ts';
import { may, permissions, reachOf } from './permission.ts';

const actors: readonly ActorKind[] = [
  'vendorStaff',
  'agent',
  'account',
  'owner',
  'administrator',
  'licenceManager',
  'member',
  'application',
  'linkBearer',
];

/** Who may do it, written once more from the product's table: whoever is missing may not. */
const expected: Readonly<Record<Action, readonly ActorKind[]>> = {
  'catalogue.read': ['vendorStaff', 'agent'],
  'catalogue.write': ['vendorStaff'],
  'partner.read': ['vendorStaff'],
  'partner.write': ['vendorStaff'],
  'customer.read': ['vendorStaff', 'agent', 'owner', 'administrator'],
  'customer.write': ['vendorStaff'],
  'customer.request': ['agent'],
  'offer.read': ['vendorStaff', 'agent', 'owner', 'administrator', 'linkBearer'],
  'offer.write': ['agent'],
  'offer.answer': ['agent', 'owner', 'linkBearer'],
  'order.read': ['vendorStaff', 'agent', 'owner', 'administrator', 'linkBearer'],
  'order.place': ['agent'],
  'order.complete': ['agent', 'owner', 'linkBearer'],
  'order.cancel': ['agent'],
  'order.process': ['vendorStaff'],
  'order.dispute': ['linkBearer'],
  'team.make': ['account', 'owner', 'administrator', 'licenceManager', 'member'],
  'team.makeForCustomer': ['vendorStaff', 'agent'],
  'team.read': ['vendorStaff', 'agent', 'owner', 'administrator', 'licenceManager', 'member'],
  'team.rename': ['owner', 'administrator'],
  'team.correctOwner': ['agent'],
  'member.read': ['vendorStaff', 'owner', 'administrator', 'licenceManager', 'member', 'linkBearer'],
  'member.invite': ['owner', 'administrator'],
  'member.remove': ['owner', 'administrator'],
  'member.changeRole': ['owner', 'administrator'],
  'member.leave': ['administrator', 'licenceManager', 'member'],
  'ownership.offer': ['owner'],
  'ownership.accept': ['administrator', 'licenceManager', 'member'],
  'invitation.accept': ['linkBearer'],
  'licence.read': ['vendorStaff', 'owner', 'administrator', 'licenceManager', 'member'],
  'licence.give': ['owner', 'administrator', 'licenceManager'],
  'licence.take': ['owner', 'administrator', 'licenceManager'],
  'licence.move': ['owner', 'administrator', 'licenceManager'],
  'licence.request': ['member'],
  'lease.read': ['vendorStaff', 'owner', 'administrator', 'licenceManager'],
  'storage.read': ['vendorStaff', 'owner', 'administrator', 'licenceManager', 'member'],
  'entitlement.read': ['account', 'owner', 'administrator', 'licenceManager', 'member', 'application'],
  'entitlement.check': ['application'],
  'device.approve': ['account', 'owner', 'administrator', 'licenceManager', 'member'],
  'record.read': ['vendorStaff', 'agent', 'owner', 'administrator', 'licenceManager', 'member'],
  'notice.read': ['vendorStaff'],
  'notice.sendAgain': ['vendorStaff'],
};

// The compiler has each action here: `expected` is a total record.
const actions = Object.keys(expected) as Action[];

test('every action of the table is checked here', () => {
  assert.deepEqual(Object.keys(permissions).toSorted(), actions.toSorted());
});

for (const action of actions) {
  test(`${action}: ${expected[action].join(', ')}`, () => {
    assert.deepEqual(
      actors.filter((actor) => may(actor, action)),
      expected[action],
    );
  });
}

const reaches = [
  ['vendorStaff', 'record.read', 'all'],
  ['agent', 'record.read', 'ownSales'],
  ['owner', 'record.read', 'ownTeam'],
  ['administrator', 'record.read', 'ownTeam'],
  ['licenceManager', 'record.read', 'ownTeamLicences'],
  ['member', 'record.read', 'self'],
  ['agent', 'catalogue.read', 'ownPriceList'],
  ['agent', 'customer.read', 'ownCustomers'],
  ['owner', 'customer.read', 'ownCustomer'],
  ['member', 'licence.read', 'self'],
  ['licenceManager', 'licence.read', 'ownTeam'],
  ['application', 'entitlement.read', 'signedInAccount'],
  ['application', 'entitlement.check', 'ownProducts'],
  ['application', 'licence.give', undefined],
] as const;

for (const [actor, action, reach] of reaches) {
  test(`${action} of ${actor} reaches ${reach ?? 'nothing'}`, () => assert.equal(reachOf(actor, action), reach));
}

test('only vendor staff reach everything, and a link reaches nothing but its own thing', () => {
  for (const action of actions) {
    for (const actor of actors) {
      const reach = reachOf(actor, action);
      if (reach !== undefined) assert.equal(reach === 'all', actor === 'vendorStaff', `${actor} ${action}`);
      if (reach !== undefined) assert.equal(reach === 'link', actor === 'linkBearer', `${actor} ${action}`);
    }
  }
});
