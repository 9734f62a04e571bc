import type { Namesake, WhyCheck } from '../index.ts';
import { printable, table } from './report.ts';
import type { Settings } from './settings.ts';
import type { ExitCode, World } from './world.ts';
import { exitCodes, InputError } from './world.ts';

const marks: Readonly<Record<WhyCheck['state'], string>> = { ok: 'ok', problem: 'NO', unknown: '?' };
const names: Readonly<Record<string, string>> = { otherTeam: 'other team' };

/** Tells why the product may or may not be used, and the one thing to do. */
export async function why(
  namesake: Namesake,
  settings: Settings,
  { json, world }: { json: boolean; world: World },
): Promise<ExitCode> {
  const product = productOf(settings);
  const answer = await namesake.why({ product, team: settings.team });
  const { decision, reason, team, checks, remedy, online } = answer;
  if (json) world.print(JSON.stringify(answer));
  else {
    const where = team === undefined ? '' : ` in ${printable(team.name)}`;
    world.print(`${product}${where}: ${decision ? 'may be used' : 'may not be used'} (${reason})`);
    if (!online) world.print('The server was not asked; this is what is known here.');
    world.print('');
    for (const row of table(
      checks.map(({ check, state, text }) => [`  ${marks[state]}`, names[check] ?? check, text]),
    )) {
      world.print(row);
    }
    if (remedy !== null) world.print(`\n${printable(remedy.text)}`);
  }
  return decision ? exitCodes.done : exitCodes.no;
}

/** @throws InputError when nothing says which product. */
export function productOf({ product }: Settings): string {
  if (product !== undefined) return product;
  throw new InputError('Say which product: --product KEY, or NAMESAKE_PRODUCT in the environment.');
}
