import { hostname } from 'node:os';
import { parseArgs } from 'node:util';

/** What the command line says. */
export interface Options {
  readonly server: string;
  readonly application: string;
  readonly product: string;
  /** Id or name. */
  readonly team: string | undefined;
  readonly place: string;
  readonly plain: boolean;
}

/** @throws TypeError for an option that is not known. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      server: { type: 'string', default: 'http://localhost:4280' },
      application: { type: 'string', default: 'sketchpad' },
      product: { type: 'string', default: 'share' },
      team: { type: 'string' },
      place: { type: 'string', default: hostname() },
      plain: { type: 'boolean', default: false },
    },
  });
  return { ...values, team: values.team };
}
