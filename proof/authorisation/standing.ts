import type { About, Standing } from './table/expectation.ts';
import type { Caller } from './world/caller.ts';
import type { Insider, Place } from './world/place.ts';
import type { World } from './world/world.ts';

/** How a caller stands to a place, worked out from what the world was built of. */
export function standingOf(world: World, caller: Caller, { about, place }: { about: About; place: Place }): Standing {
  if (caller.staff) return 'staff';
  if (caller.partnerId !== undefined) return about === 'anything' ? 'agent' : agentStanding(caller, place);
  const role = roleAt(world, caller, { about, place });
  if (role === undefined) return 'none';
  return caller.credential === 'device' ? 'application' : role;
}

const agentStanding = ({ partnerId }: Caller, { office }: Place): Standing =>
  office?.partnerId === partnerId ? 'agent' : 'otherAgent';

/** In that team alone; in any team of its customer; in any team of any customer. */
function roleAt(
  { places }: World,
  { roles = {} }: Caller,
  { about, place }: { about: About; place: Place },
): Insider | undefined {
  if (about === 'team') return roles[place.key];
  const counted = places.filter(({ office }) => office && (about === 'anything' || office === place.office));
  return counted.map(({ key }) => roles[key]).find((role) => role !== undefined);
}
