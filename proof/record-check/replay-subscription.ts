import type { Replay, Replaying } from './replaying.ts';
import { owe } from './replaying.ts';
import type { RecordedSubscription } from './team-state.ts';

/** What a team has bought, and how its terms end. */
export const replaySubscription: Replay = {
  subscriptionAdded({ team, event, text, fault }) {
    const { quantity, storageBytes } = event.data;
    if (team.subscriptions.has(text('subscriptionId'))) fault(6, 'the subscription was added before');
    if (team.provisioned.has(text('orderItemId'))) fault(6, `${text('orderItemId')} was provisioned before`);
    team.provisioned.add(text('orderItemId'));
    team.subscriptions.set(text('subscriptionId'), {
      productId: text('productId'),
      quantity: Number(quantity),
      startsOn: text('startsOn'),
      endsOn: text('endsOn'),
      state: 'active',
      orderItemId: text('orderItemId'),
      storageBytes: Number(storageBytes),
    });
  },

  subscriptionRenewed(replaying) {
    const { text, fault } = replaying;
    const subscription = known(replaying);
    if (subscription && subscription.endsOn !== text('before')) fault(11, `it ended on ${subscription.endsOn}`);
    if (subscription) subscription.endsOn = text('after');
  },

  subscriptionEnteredGrace(replaying) {
    if (known(replaying)?.state !== 'active') replaying.fault(11, 'it was not active');
    owe(replaying, 'termGrace', replaying.team.id);
  },

  subscriptionSuspended(replaying) {
    const subscription = known(replaying);
    if (subscription?.state !== 'active') replaying.fault(11, 'it was not active');
    if (subscription) subscription.state = 'suspended';
  },

  subscriptionTerminated(replaying) {
    const { team, places, text, fault } = replaying;
    const subscription = known(replaying);
    if (subscription?.state !== 'suspended') fault(11, 'it was not suspended');
    for (const [licenceId, taken] of team.taken) {
      if (places.get(licenceId)?.subscriptionId === text('subscriptionId'))
        fault(1, `${taken.memberId} keeps ${licenceId}`);
    }
    if (subscription) subscription.state = 'terminated';
    team.unfinished = undefined;
    owe(replaying, 'termTerminated', team.id);
  },
};

function known({ team, text, fault }: Replaying): RecordedSubscription | undefined {
  const subscription = team.subscriptions.get(text('subscriptionId'));
  if (!subscription) fault(11, `${text('subscriptionId')} was never added`);
  return subscription;
}
