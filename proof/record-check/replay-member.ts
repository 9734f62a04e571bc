import type { Replay } from './replaying.ts';
import { hadBy, owe } from './replaying.ts';

/** Who comes into a team, in what role, and who goes. */
export const replayMember: Replay = {
  memberInvited(replaying) {
    const { team, event, text, fault } = replaying;
    const memberId = text('memberId');
    const before = team.members.get(memberId);
    if (before && before.state !== 'removed') fault(11, `the member was ${before.state}`);
    if (text('role') === 'owner') fault(11, 'nobody is invited as owner');
    team.members.set(memberId, {
      state: 'invited',
      role: text('role'),
      external: event.data.external === true,
      invitationEndsOn: text('endsOn'),
    });
    owe(replaying, 'invitation', memberId);
  },

  invitationSentAgain(replaying) {
    const { team, text, fault } = replaying;
    const member = team.members.get(text('memberId'));
    if (member?.state !== 'invited') fault(11, 'the member was not invited');
    if (member) member.invitationEndsOn = text('endsOn');
    owe(replaying, 'invitation', text('memberId'));
  },

  memberAccepted({ team, text, fault }) {
    const memberId = text('memberId');
    const member = team.members.get(memberId);
    if (member?.state !== 'invited') fault(3, 'the member was not invited');
    for (const [licenceId, { assignment }] of hadBy({ team }, memberId)) {
      if (assignment === 'reserved') fault(3, `${licenceId} stays reserved`);
    }
    if (member) Object.assign(member, { state: 'accepted', invitationEndsOn: null });
    team.unfinished = undefined;
  },

  memberRemoved({ team, text, fault }) {
    const memberId = text('memberId');
    const member = team.members.get(memberId);
    if (!member || member.state === 'removed') fault(11, 'the member was not there');
    if (member && member.state !== text('stateBefore')) fault(11, `the member was ${member.state}`);
    if (memberId === team.ownerMemberId) fault(11, 'the owner is removed');
    for (const [licenceId, { assignment }] of hadBy({ team }, memberId)) fault(3, `${licenceId} stays ${assignment}`);
    if (member) member.state = 'removed';
    if (team.nextOwnerMemberId === memberId) team.nextOwnerMemberId = null;
    team.unfinished = undefined;
  },

  memberRoleChanged({ team, text, fault }) {
    const member = team.members.get(text('memberId'));
    if (!member || member.state === 'removed') fault(11, 'the member was not there');
    if (member && member.role !== text('before')) fault(11, `the role was ${member.role}`);
    if (text('before') === 'owner' || text('after') === 'owner') fault(11, 'ownership is handed over, never given');
    if (member) member.role = text('after');
  },
};
