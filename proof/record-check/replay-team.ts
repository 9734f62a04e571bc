import type { Replay } from './replaying.ts';
import { owe } from './replaying.ts';
import type { RecordedMember } from './team-state.ts';

/** What happens to a team itself: made, claimed, renamed, joined to a customer, handed over. */
export const replayTeam: Replay = {
  teamMade(replaying) {
    const { team, event, text, fault } = replaying;
    if (team.made) fault(11, 'the team is made a second time');
    if (text('teamId') !== team.id) fault(11, 'names another team');
    team.made = true;
    team.customerId = text('customerId') || null;
    team.claimed = event.data.claimed === true;
    team.ownerMemberId = text('ownerMemberId');
    team.members.set(team.ownerMemberId, owner(team.claimed ? 'accepted' : 'invited'));
    if (!team.claimed) owe(replaying, 'teamMade', team.id);
  },

  teamClaimed({ team, text, fault }) {
    const member = team.members.get(text('ownerMemberId'));
    if (team.claimed) fault(11, 'the team was claimed before');
    if (text('ownerMemberId') !== team.ownerMemberId) fault(11, 'somebody else is the owner');
    if (member?.state !== 'invited') fault(3, 'the owner was not waiting');
    if (member) member.state = 'accepted';
    team.claimed = true;
  },

  teamRenamed({ team, event, fault }) {
    team.names += 1;
    if (event.data.nameNumber !== team.names) fault(11, `is name ${team.names} of the team`);
  },

  teamOwnerCorrected(replaying) {
    const { team, fault } = replaying;
    if (team.claimed) fault(11, 'the team was claimed before');
    owe(replaying, 'teamMade', team.id);
  },

  teamJoinedCustomer({ team, text, fault }) {
    if (team.customerId) fault(10, 'the team has a customer');
    team.customerId = text('customerId');
  },

  ownershipOffered(replaying) {
    const { team, text, fault } = replaying;
    const member = team.members.get(text('memberId'));
    if (member?.state !== 'accepted' || member.role === 'owner') fault(11, 'is offered to nobody who could take it');
    team.nextOwnerMemberId = text('memberId');
    owe(replaying, 'ownershipOffered', team.id);
  },

  ownershipWithdrawn({ team }) {
    team.nextOwnerMemberId = null;
  },

  ownershipHandedOver({ team, text, fault }) {
    const before = team.members.get(text('before'));
    const after = team.members.get(text('after'));
    if (text('before') !== team.ownerMemberId) fault(11, 'it was not that owner');
    if (text('after') !== team.nextOwnerMemberId) fault(11, 'it was not offered to that member');
    if (after?.state !== 'accepted') fault(11, 'the new owner has not accepted');
    if (before) before.role = 'administrator';
    if (after) after.role = 'owner';
    team.ownerMemberId = text('after');
    team.nextOwnerMemberId = null;
  },

  licenceRequested({ team, text, fault }) {
    if (team.members.get(text('memberId'))?.state !== 'accepted') fault(11, 'is asked for by no accepted member');
  },
};

const owner = (state: string): RecordedMember => ({ state, role: 'owner', external: false, invitationEndsOn: null });
