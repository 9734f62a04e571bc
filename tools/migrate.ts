import { parseArgs } from 'node:util';
import { bringUp } from '../server/bring-up.ts';
import { migrationNames } from '../server/db/migrate.ts';
import { standardLog } from '../server/platform/log.ts';
import { administer, InputError } from './administration.ts';

/** namesake migrate [--for ACCOUNT] */
export function migrate(args: string[]): Promise<number> {
  return administer(async (deployment) => {
    const account = readAccount(args);
    if (account !== undefined && deployment.config.databaseUrl === undefined) {
      throw new InputError('The embedded database has one account: --for needs a DATABASE_URL.');
    }
    await deployment.withDatabase((connectionString) => bringUp({ connectionString, account, log: standardLog }));
    console.log(`The database is at ${migrationNames.at(-1)}.`);
    if (account !== undefined) console.log(`${account} may work in it.`);
    return 0;
  });
}

function readAccount(args: string[]): string | undefined {
  try {
    return parseArgs({ args, options: { for: { type: 'string' } } }).values.for;
  } catch (error) {
    throw new InputError(error instanceof Error ? error.message : String(error));
  }
}
