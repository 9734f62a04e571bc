import type { Namesake } from '../index.ts';
import { NamesakeError } from '../index.ts';
import type { Settings } from './settings.ts';
import { remember } from './settings.ts';
import type { ExitCode, World } from './world.ts';
import { exitCodes } from './world.ts';

/** Signs this device in, or says who is already. */
export async function signIn(namesake: Namesake, settings: Settings, world: World): Promise<ExitCode> {
  if ((await namesake.account()) === undefined) {
    await namesake.signIn({
      signal: world.signal,
      onCode: ({ verificationUri, verificationUriComplete, userCode }) => {
        world.complain('Open this page in a browser, on this device or any other:');
        world.complain(`  ${verificationUriComplete ?? verificationUri}`);
        world.complain(`and compare the code: ${userCode}`);
      },
    });
  }
  await remember(settings, world);
  const account = await namesake.account();
  world.print(`Signed in as ${account?.name} (${account?.email}).`);
  return exitCodes.done;
}

/** Signs this device out. A server that cannot be told is no reason to stay. */
export async function signOut(namesake: Namesake, world: World): Promise<ExitCode> {
  const was = await namesake.isSignedIn();
  try {
    await namesake.signOut();
  } catch (error) {
    if (!(error instanceof NamesakeError)) throw error;
    world.complain('The server could not be told. Revoke this device on your devices page.');
  }
  world.print(was ? 'Signed out. The leases on this device are gone, too.' : 'Nobody was signed in.');
  return exitCodes.done;
}
