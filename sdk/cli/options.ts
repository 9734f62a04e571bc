import { parseArgs } from 'node:util';
import { InputError } from './world.ts';

/** What the command line says. */
export interface CommandLine {
  /** The command's words and its files. */
  readonly words: readonly string[];
  readonly server: string | undefined;
  readonly application: string | undefined;
  readonly product: string | undefined;
  readonly team: string | undefined;
  readonly place: string | undefined;
  readonly trustKey: readonly string[];
  readonly allowInsecure: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

/** @throws InputError for an option that is not known, or lacks its value. */
export function readCommandLine(args: readonly string[]): CommandLine {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        server: { type: 'string' },
        application: { type: 'string' },
        product: { type: 'string' },
        team: { type: 'string' },
        place: { type: 'string' },
        'trust-key': { type: 'string', multiple: true, default: [] },
        'allow-insecure': { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    const { server, application, product, team, place, json, help } = values;
    const flags = { trustKey: values['trust-key'], allowInsecure: values['allow-insecure'], json, help };
    return { words: positionals, server, application, product, team, place, ...flags };
  } catch (error) {
    throw new InputError(error instanceof Error ? firstSentence(error.message) : String(error));
  }
}

/** The parser goes on to explain how a file name may begin with a dash. */
function firstSentence(message: string): string {
  return `${message.split(/[.\n]/)[0]}.`;
}
