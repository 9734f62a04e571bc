// npm run keys -- list | rotate | revoke KID: the keys that sign leases.
import type { KeyChange, SigningKeyRow } from '../server/features/signing-key/signing-key.service.ts';
import {
  isPublished,
  listSigningKeys,
  revokeSigningKey,
  rotateSigningKey,
} from '../server/features/signing-key/signing-key.service.ts';
import type { Ground } from '../server/platform/ground.ts';
import { runCommand } from './command.ts';

const USAGE = `Say what to do with the keys that sign leases:
  npm run keys -- list          shows them
  npm run keys -- rotate        lets the next key sign from now on; old leases verify until they end
  npm run keys -- revoke KID    withdraws a key, and with it every lease that it signed`;

/** How long verifiers may keep the published keys. */
const CACHE_MINUTES = 5;

const refusals = {
  keyUnknown: 'There is no key with that id: npm run keys -- list',
  alreadyRevoked: 'That key is revoked already.',
  nextDoesNotOpen: `The next key does not open with this command's server key, so nothing was changed. Run the command with the
NAMESAKE_SECRET and NAMESAKE_DATA of the server. If the secret was changed for good, revoke the key that is next: a new one
is made, which can then rotate in.`,
} as const;

const [action, kid, ...rest] = process.argv.slice(2);

if (rest.length === 0 && action === 'list' && kid === undefined) {
  await runCommand(async (ground) => show(await listSigningKeys(ground), ground));
} else if (rest.length === 0 && action === 'rotate' && kid === undefined) {
  await runCommand(async (ground) => tell(await rotateSigningKey(ground), ground), { withServerKey: true });
} else if (rest.length === 0 && action === 'revoke' && kid !== undefined) {
  await runCommand(async (ground) => tell(await revokeSigningKey(ground, kid), ground), { withServerKey: true });
} else {
  console.error(USAGE);
  process.exitCode = 2;
}

function show(keys: readonly SigningKeyRow[], { clock }: Ground): void {
  if (keys.length === 0) console.error('There are no keys yet: the server makes them at its first start.');
  const now = clock.now();
  for (const key of keys) {
    const where = isPublished(key, now) ? 'published' : 'not published';
    const moments = [
      `made ${day(key.madeAt)}`,
      ...(key.activatedAt ? [`signs since ${day(key.activatedAt)}`] : []),
      ...(key.retiredAt ? [`until ${day(key.retiredAt)}`] : []),
      ...(key.endsAt ? [`published until ${day(key.endsAt)}`] : []),
    ];
    console.log(`${key.kid}  ${key.state.padEnd(7)}  ${where.padEnd(13)}  ${moments.join(', ')}`);
  }
}

function tell(change: KeyChange, { clock }: Ground): void {
  if (change.state === 'refused') {
    console.error(refusals[change.reason]);
    process.exitCode = 1;
    return;
  }
  console.log(`${change.current} signs. Running servers follow within ten seconds.`);
  console.log(`${change.next} is published and will be next.`);
  const minutes = (clock.now().getTime() - change.nextSince.getTime()) / 60_000;
  if (minutes >= CACHE_MINUTES) return;
  console.error(
    `The key that signs was published only now: who keeps the keys may not know it for ${CACHE_MINUTES} minutes.`,
  );
}

function day(moment: Date): string {
  return `${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
