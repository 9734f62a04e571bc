// npm run sign-out -- ADDRESS: ends every session and application of an account; npm run sign-out -- --all: of everybody.
import { parseEmailAddress } from '../domain/email-address.ts';
import { endSignInsOf } from '../server/features/account/sign-in-place.service.ts';
import { runCommand } from './command.ts';

const [who = '', ...rest] = process.argv.slice(2);
const email = parseEmailAddress(who);

if (rest.length > 0 || (who !== '--all' && !email)) {
  console.error('Say whom to sign out: npm run sign-out -- ADDRESS, or npm run sign-out -- --all');
  process.exitCode = 2;
} else {
  await runCommand(async (ground) => {
    const ended = await endSignInsOf(ground, email ?? 'everybody');
    if (ended !== undefined) console.log(`${ended} sign-ins ended.`);
    else {
      console.error(`Nobody has an account with the address ${email}.`);
      process.exitCode = 1;
    }
  });
}
