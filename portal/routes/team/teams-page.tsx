import { Placeholder } from '../placeholder.tsx';

export function TeamsPage() {
  return <Placeholder titleId="team.list.title" />;
}
