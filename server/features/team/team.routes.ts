import { teamEndpoints as e } from '../../../contract/team.ts';
import type { Ground } from '../../platform/ground.ts';
import type { Route } from '../../platform/http/route.ts';
import { inviteMembers, sendInvitationAgain } from './invitation.service.ts';
import { changeRole, listMembers, removeMember } from './member.service.ts';
import { acceptOwnership, offerOwnership } from './ownership.service.ts';
import { previewPeopleFile } from './people-file.service.ts';
import { correctOwner, getTeam, listTeams, makeTeam, renameTeam } from './team.service.ts';

export function teamRoutes(route: Route, ground: Ground): void {
  route(e.listTeams, ({ caller, query }) => listTeams(ground, caller, { ...query, after: query.after }));
  route(e.makeTeam, ({ caller, body, repeat }) => makeTeam(ground, caller, { wanted: body, repeat }));
  route(e.getTeam, ({ caller, params }) => getTeam(ground, caller, params.teamId));
  route(e.renameTeam, ({ caller, params, body, ifMatch }) =>
    renameTeam(ground, caller, { ...params, ...body, ifMatch }),
  );
  route(e.correctOwner, ({ caller, params, body, repeat }) =>
    correctOwner(ground, caller, { ...params, ...body, repeat }),
  );
  route(e.listMembers, ({ caller, params, query }) =>
    listMembers(ground, caller, { ...params, query: { ...query, after: query.after } }),
  );
  route(e.inviteMembers, ({ caller, params, body, repeat }) =>
    inviteMembers(ground, caller, { ...params, people: body.people, repeat }),
  );
  route(e.sendInvitationAgain, ({ caller, params, repeat }) =>
    sendInvitationAgain(ground, caller, { ...params, repeat }),
  );
  route(e.changeMember, ({ caller, params, body }) => changeRole(ground, caller, { ...params, ...body }));
  route(e.removeMember, ({ caller, params }) => removeMember(ground, caller, params));
  route(e.offerOwnership, ({ caller, params, body, repeat }) =>
    offerOwnership(ground, caller, { ...params, ...body, repeat }),
  );
  route(e.acceptOwnership, ({ caller, params, repeat }) => acceptOwnership(ground, caller, { ...params, repeat }));
  route(e.readPeopleFile, ({ caller, params, bytes }) => previewPeopleFile(ground, caller, { ...params, bytes }));
}
