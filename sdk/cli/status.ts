import type { Account, Entitlement, LeaseInfo, Namesake } from '../index.ts';
import { NamesakeError } from '../index.ts';
import { momentText, refusalText, table } from './report.ts';
import type { Settings } from './settings.ts';
import type { ExitCode, World } from './world.ts';
import { exitCodes } from './world.ts';

interface Found {
  readonly signedIn: boolean;
  readonly online: boolean;
  readonly account: Account | undefined;
  readonly entitlements: readonly Entitlement[];
  readonly leases: readonly LeaseInfo[];
  /** Why nothing that is kept counts. */
  readonly broken: string | undefined;
}

/** Tells who is signed in, what the server says, and what works without it. */
export async function status(
  namesake: Namesake,
  settings: Settings,
  { json, world }: { json: boolean; world: World },
): Promise<ExitCode> {
  const found = await look(namesake, settings);
  const { server, application } = settings.options;
  const mayUse = found.online
    ? found.entitlements.some(({ decision }) => decision)
    : found.leases.some(({ refusal }) => refusal === undefined);
  if (json) world.print(JSON.stringify({ server, application, mayUse, ...found }));
  else for (const line of describe(found, settings)) world.print(line);
  if (mayUse) return exitCodes.done;
  if (found.online || found.leases.length > 0 || found.broken !== undefined) return exitCodes.no;
  return found.signedIn ? exitCodes.noContact : exitCodes.notSignedIn;
}

async function look(namesake: Namesake, { product, team }: Settings): Promise<Found> {
  const leases = await namesake.leases.list();
  const local = { leases, broken: await namesake.leases.broken() };
  const nothing = { account: undefined, entitlements: [] };
  try {
    const answer = await namesake.entitlements();
    if (answer === undefined) return { signedIn: false, online: false, ...nothing, ...local };
    const isMeant = ({ productKey, productId, teamId }: Entitlement) =>
      (product === undefined || [productKey, productId].includes(product)) && (team === undefined || team === teamId);
    const entitlements = answer.items.filter(isMeant);
    return { signedIn: true, online: true, account: answer.account, entitlements, ...local };
  } catch (error) {
    if (!(error instanceof NamesakeError) || error.code !== 'unreachable') throw error;
    return { signedIn: true, online: false, ...nothing, ...local };
  }
}

function describe(found: Found, { options: { server, application } }: Settings): string[] {
  const { account, signedIn, online, entitlements, leases, broken } = found;
  const who =
    account === undefined ? (signedIn ? 'signed in' : 'nobody is signed in') : `${account.name} (${account.email})`;
  return [
    ...table([
      ['Server', online || !signedIn ? server : `${server}, which does not answer`],
      ['Application', application],
      ['Account', who],
    ]),
    ...(online ? ['', 'The server says:', ...listEntitlements(entitlements)] : []),
    '',
    'Without network:',
    ...(broken === undefined ? listLeases(leases) : [`  ${refusalText(broken)}`]),
  ];
}

function listEntitlements(items: readonly Entitlement[]): string[] {
  if (items.length === 0) return ['  no team, no licence'];
  return table(
    items.map(({ teamName, productName, decision, reason, until }) => [
      `  ${productName}`,
      teamName,
      decision ? 'unlocked' : 'locked',
      until === null ? reason : `${reason}, until ${until}`,
    ]),
  );
}

function listLeases(leases: readonly LeaseInfo[]): string[] {
  if (leases.length === 0) return ['  nothing: there is no lease on this device'];
  return table(
    leases.map(({ product, team, expiresAt, refusal }) => [
      `  ${product}`,
      team.name,
      refusal === undefined ? `works until ${momentText(expiresAt)}` : refusalText(refusal),
    ]),
  );
}
