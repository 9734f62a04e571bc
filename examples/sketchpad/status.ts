import type { Account, Connection, Entitlement, LeaseInfo, SignInPrompt, UseSnapshot, Why } from '../../sdk/index.ts';
import type { Drawing } from './drawing.ts';

/** Everything that a face may show. */
export interface Status {
  readonly server: string;
  readonly screen: Screen;
  readonly account: Account | undefined;
  readonly connection: Connection | undefined;
  /** What works without network, as it stands on this device. */
  readonly lease: LeaseInfo | undefined;
  /** What happened last. */
  readonly news: News | undefined;
  /** How many teams there are to choose from. */
  readonly teamCount: number;
}

/** Something that somebody did to the licence, or time did. */
export interface News {
  readonly story: 'given' | 'taken' | 'ending' | 'renewed';
  readonly at: Date;
  /** The last calendar date (ISO 8601) of the term. */
  readonly until: string | null;
}

/** What the person is doing. */
export type Screen =
  | { readonly name: 'starting' }
  | { readonly name: 'signIn'; readonly prompt: SignInPrompt }
  | { readonly name: 'trouble'; readonly text: string; readonly wayOut: string }
  | { readonly name: 'chooseTeam'; readonly teams: readonly Entitlement[]; readonly selected: number }
  | { readonly name: 'locked'; readonly use: UseSnapshot; readonly wasUnlocked: boolean }
  | { readonly name: 'why'; readonly why: Why | undefined }
  | { readonly name: 'drawing'; readonly use: UseSnapshot; readonly drawing: Drawing };

/** Shows a status: on a screen, or as lines. */
export interface Face {
  show(status: Status): void;
  /** Leaves the terminal as it was. */
  close(): void;
}

/** What a person can do. */
export type Key = 'up' | 'down' | 'left' | 'right' | 'enter' | 'space' | 'interrupt' | (string & {});
