import { Stack } from '@mantine/core';
import { LeaveTeam } from './settings/leave-team.tsx';
import { Ownership } from './settings/ownership.tsx';
import { TeamName } from './settings/team-name.tsx';
import { useTeam } from './use-team.ts';

export function TeamSettingsTab() {
  const { team, standing } = useTeam();
  return (
    <Stack gap="lg" maw={720}>
      <TeamName team={team} mayRename={standing.renames} />
      <Ownership team={team} isOwner={standing.isOwner} />
      {team.mine && <LeaveTeam team={team} isOwner={standing.isOwner} />}
    </Stack>
  );
}
