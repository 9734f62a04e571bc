// npm run namesake -- COMMAND: the administrator's commands (backup, migrate, restore, verify); every other one is the device's.
import { helpText } from '../sdk/cli/help.ts';
import { backup } from './backup.ts';
import { migrate } from './migrate.ts';
import { restore } from './restore.ts';
import { verify } from './verify-record.ts';

const ADMINISTRATION = `namesake: the vendor's data, at the server

  namesake backup FILE [--with-key]     writes everything into one file, beside the running server;
                                        - for standard output (npm run --silent namesake -- backup -)
  namesake restore FILE [--new-key]     fills an empty database from it
  namesake migrate [--for ACCOUNT]      brings the database to the newest schema, for a server that may not
  namesake verify [FILE] [--keys FILE]  checks the whole record: of the database, or of a backup

  --for ACCOUNT         lets that account of the database work in it, and neither change tables nor what was recorded
  --with-key            puts the server's key into the file: whoever has it can sign leases and open links
  --new-key             restores without the key: leases, links in mails and sign-ins of then are void
  --keys FILE           trusts the signing keys in a kept copy of /.well-known/jwks.json alone

They use NAMESAKE_DATA, DATABASE_URL and NAMESAKE_SECRET as the server does. Standard output holds results,
standard error what is said meanwhile. Ends with 0: done, and right. 1: refused, or a break was found. 2: wrong input. 130, 143: told to end.
`;

const commands: Readonly<Record<string, (args: string[]) => Promise<number>>> = { backup, migrate, restore, verify };
const [first, ...rest] = process.argv.slice(2);
const command = first === undefined ? undefined : commands[first];

if (command) {
  process.exitCode = rest.some((word) => word === '--help' || word === '-h') ? help(0) : await command(rest);
} else if (first === undefined || first === '--help' || first === '-h') {
  process.exitCode = help(first === undefined ? 2 : 0);
} else {
  await import('../sdk/cli/main.ts');
}

function help(code: number): number {
  process.stdout.write(`${ADMINISTRATION}\n${helpText}\n`);
  return code;
}
