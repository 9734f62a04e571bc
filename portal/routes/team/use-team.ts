import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useSignedIn } from '../../data/me.ts';
import { teamQuery } from './team-query.ts';
import { standingIn } from './team-standing.ts';

const route = getRouteApi('/shell/signedIn/teams/$teamId');

/** The team whose tab this is, and what its reader may do there; the team's page has read it before. */
export function useTeam() {
  const { teamId } = route.useParams();
  const { staff } = useSignedIn();
  const team = useSuspenseQuery(teamQuery(teamId)).data;
  return { team, standing: standingIn(team, staff) };
}
