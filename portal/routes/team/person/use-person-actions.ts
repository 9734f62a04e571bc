import { useRouter } from '@tanstack/react-router';
import type { Member, Team } from '../../../../contract/team.ts';
import { announce } from '../../../components/announcer.tsx';
import { showMessage } from '../../../components/show-message.ts';
import { offerUndo } from '../../../components/undo.tsx';
import { api } from '../../../data/api.ts';
import { queryKeys } from '../../../data/query-key.ts';
import { useAction } from '../../../data/use-action.tsx';
import { translate } from '../../../text/use-text.ts';
import type { PersonQuestion } from './person-question.ts';

type NewRole = Exclude<Member['role'], 'owner'>;

/** What can be done to one person of a team; each says what it did. */
export function usePersonActions(team: Pick<Team, 'id' | 'name'>) {
  const router = useRouter();
  const teamId = team.id;
  const changes = [queryKeys.team(teamId), queryKeys.teams];

  const changeRole = useAction({
    run: ({ member, role }: { member: Member; role: NewRole }) =>
      api.changeMember({ teamId, memberId: member.id, body: { role } }),
    onDone: (_, { member, role }) => {
      const before = member.role;
      const message = translate('team.person.roleChanged', { name: member.name, role });
      announce(message);
      if (before === 'owner') return;
      const undo = () => api.changeMember({ teamId, memberId: member.id, body: { role: before } });
      offerUndo({ message, undo });
    },
    changes,
  });

  const sendAgain = useAction({
    run: (member: Member, idempotencyKey) => api.sendInvitationAgain({ teamId, memberId: member.id, idempotencyKey }),
    onDone: (_, { name }) => tell(translate('team.person.sentAgain', { name })),
    changes,
  });

  const answer = useAction({
    run: ({ kind, member }: PersonQuestion, idempotencyKey) =>
      kind === 'offerOwnership'
        ? api.offerOwnership({ teamId, body: { memberId: member.id }, idempotencyKey })
        : api.removeMember({ teamId, memberId: member.id }),
    onDone: (_, { kind, member }) => {
      tell(translate(doneTexts[kind], { name: member.name, team: team.name }));
      if (kind === 'leave') void router.navigate({ to: '/teams' });
    },
    changes: [...changes, queryKeys.me, queryKeys.entitlements],
  });

  return { changeRole, sendAgain, answer };
}

const doneTexts = {
  withdraw: 'team.person.withdrawn',
  remove: 'team.person.removed',
  leave: 'team.person.left',
  offerOwnership: 'team.person.offered',
} as const satisfies Record<PersonQuestion['kind'], string>;

function tell(message: string): void {
  announce(message);
  showMessage(message);
}
