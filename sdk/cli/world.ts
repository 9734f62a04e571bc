import type { Namesake, NamesakeOptions } from '../index.ts';

/** What a command reaches of the world around it. Tests bring their own. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Prints a line for whoever, or whatever, reads the result. */
  readonly print: (line: string) => void;
  /** Prints a line for the person in front of it: prompts and complaints. */
  readonly complain: (line: string) => void;
  readonly open: (options: NamesakeOptions) => Namesake;
  /** The folder for what is remembered between commands. */
  readonly folder: string;
  /** The machine's name. */
  readonly host: string;
  /** Ends a command that waits. */
  readonly signal: AbortSignal;
}

/** How a command ends, for scripts. */
export const exitCodes = { done: 0, no: 1, wrongInput: 2, noContact: 3, notSignedIn: 4, interrupted: 130 } as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Wrong input, with what to do about it. */
export class InputError extends Error {
  override readonly name = 'InputError';
}
