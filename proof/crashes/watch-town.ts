import type { Watch } from '../admission/watch.ts';
import { startWatch } from '../admission/watch.ts';
import type { Chance } from '../chance.ts';
import { makeServiceKey } from '../service-key.ts';
import type { CrewMember } from './server-crew.ts';
import type { Stage } from './stage.ts';
import type { Town } from './town.ts';

/** Asks each server process about everybody whose licences come and go. */
export function watchTown(stage: Stage, town: Town, chance: Chance): Promise<Watch> {
  return watchMembers(stage, town, { members: stage.crew, chance });
}

/** The same at these processes alone. */
export async function watchMembers(
  stage: Stage,
  town: Town,
  { members, chance }: { members: readonly CrewMember[]; chance: Chance },
): Promise<Watch> {
  const subjects = town.teams.flatMap(({ teamId, members: people }) =>
    people.map((memberId) => ({ teamId, memberId, email: town.emailOf.get(memberId) ?? '' })),
  );
  return startWatch({
    servers: members.map((member, index) => ({
      ...{ name: `server ${index}`, port: member.port },
      living: () => member.living,
    })),
    host: new URL(stage.front.url).host,
    serviceKey: await makeServiceKey(stage.pool, 'sketchpad'),
    product: 'share',
    subjects,
    chance,
  });
}
