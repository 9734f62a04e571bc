import type { Watch } from '../admission/watch.ts';
import { startWatch } from '../admission/watch.ts';
import type { Chance } from '../chance.ts';
import { makeServiceKey } from '../service-key.ts';
import type { Stage } from './stage.ts';
import type { Town } from './town.ts';

/** Asks each server process about everybody whose licences come and go. */
export async function watchTown(stage: Stage, town: Town, chance: Chance): Promise<Watch> {
  const subjects = town.teams.flatMap(({ teamId, members }) =>
    members.map((memberId) => ({ teamId, memberId, email: town.emailOf.get(memberId) ?? '' })),
  );
  return startWatch({
    servers: stage.crew.map(({ port }, index) => ({ name: `server ${index}`, port })),
    host: new URL(stage.front.url).host,
    serviceKey: await makeServiceKey(stage.pool, 'sketchpad'),
    product: 'share',
    subjects,
    chance,
  });
}
