import type { Timed } from '../linear/find-order.ts';
import type { TeamOperation } from '../linear/team-operation.ts';
import type { RaceWorld } from './world.ts';

/** A check of a member's entitlement, answered from the memory of the process that was asked. */
export interface Check extends Timed {
  readonly kind: 'check';
  readonly member: string;
  /** The revision that the caller asked for. */
  readonly atLeast: number;
  /** The newest revision that this very process had acknowledged before. */
  readonly own: number;
  readonly outcome: string;
  readonly decision?: boolean;
  readonly revision?: number | null;
  /** Whether it is marked as old. */
  readonly stale?: boolean;
}

/** One operation with the team that it was done to, by its place in the world, and the process that did it. */
export interface Logged {
  readonly team: number;
  readonly process: number;
  readonly op: TeamOperation | Check;
}

/** A give that several processes are asked for with one key. */
export interface SharedGive {
  readonly team: number;
  readonly actor: number;
  readonly member: number;
  readonly key: string;
}

/** More licences that one process is to order. */
export interface Wish {
  readonly team: number;
  readonly quantity: number;
}

export interface OpenMessage {
  readonly kind: 'open';
  readonly process: number;
  readonly databaseUrl: string;
  readonly secret: string;
  readonly seed: number;
  readonly lanes: number;
  readonly world: RaceWorld;
}

/** Asks a process for its operations of one window. */
export interface RaceMessage {
  readonly kind: 'race';
  readonly window: number;
  /** Of each lane. */
  readonly operations: number;
  readonly shared: readonly SharedGive[];
  readonly wishes: readonly Wish[];
  /** By how many days the calendar is ahead. */
  readonly days: number;
  /** Whether the day has just begun: terms and invitations that are over end while the race goes on. */
  readonly isNewDay: boolean;
}

export type ToRacer = OpenMessage | RaceMessage | { readonly kind: 'close' };

export type FromRacer =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'raced';
      readonly log: readonly Logged[];
      readonly turnedAway: number;
      readonly broken: readonly string[];
      /** What this process itself has used of the machine. */
      readonly cpuMicroseconds: number;
    };

/** Microseconds by the machine's one steady clock, the same for all processes. */
export const now = (): number => Number(process.hrtime.bigint() / 1000n);
