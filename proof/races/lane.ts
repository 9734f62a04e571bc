import { ApiError } from '../../contract/client.ts';
import type { LicenceId } from '../../domain/id.ts';
import { AppError } from '../../server/platform/app-error.ts';
import type { Chance } from '../chance.ts';
import type { TeamOperation } from '../linear/team-operation.ts';
import type { Check, Logged } from './history.ts';
import { now } from './history.ts';
import type { RaceServer } from './race-server.ts';
import type { TeamView } from './team-view.ts';
import type { RaceMember, RaceTeam, RaceWorld } from './world.ts';

/** What the lanes of one process share. */
export interface Racer {
  readonly process: number;
  readonly server: RaceServer;
  readonly world: RaceWorld;
  readonly views: readonly TeamView[];
  readonly log: Logged[];
  /** How many calls were turned away before anything was done: no connection was free, or too much was asked at once. */
  turnedAway: number;
  /** What nobody should ever be answered. */
  readonly broken: string[];
}

/** One team as the next operation aims at it. */
export interface Aim {
  readonly racer: Racer;
  readonly chance: Chance;
  readonly index: number;
  readonly team: RaceTeam;
  readonly view: TeamView;
  readonly actor: RaceMember;
}

const HOT_TEAMS = 3;
const HOT_SHARE = 0.35;

/** Chooses a team, hot ones more often, and who acts there: as a rule somebody who may. */
export function aim(racer: Racer, chance: Chance): Aim {
  const { teams } = racer.world;
  const index = chance.happens(HOT_SHARE)
    ? chance.below(Math.min(HOT_TEAMS, teams.length))
    : chance.below(teams.length);
  return aimAt(racer, chance, index);
}

export function aimAt(racer: Racer, chance: Chance, index: number): Aim {
  const team = racer.world.teams[index];
  const view = racer.views[index];
  if (!team || !view) throw new Error(`there is no team ${index}`);
  const actor = chance.happens(0.97) ? chance.pick(managersOf(team, view)) : chance.pick(team.members);
  return { racer, chance, index, team, view, actor: actor ?? ownerOf(team) };
}

function managersOf(team: RaceTeam, view: TeamView): RaceMember[] {
  return team.members.filter(({ memberId }) => {
    const role = view.roles.get(memberId);
    return view.states.get(memberId) === 'accepted' && (role === 'owner' || role === 'administrator');
  });
}

function ownerOf({ members }: RaceTeam): RaceMember {
  const [first] = members;
  if (!first) throw new Error('a team has members');
  return first;
}

/** Somebody of whom this holds, as far as this process knows; now and then just anybody. */
export function pickMember({ chance, team }: Aim, fits: (member: RaceMember) => boolean): RaceMember {
  // Whoever fits is found by trying: lists of everybody would take longer than the operation.
  for (let tries = chance.happens(0.9) ? 12 : 1; tries > 0; tries -= 1) {
    const member = chance.pick(team.members);
    if (member && (fits(member) || tries === 1)) return member;
  }
  return ownerOf(team);
}

/** A licence that somebody has, as far as this process knows. */
export function pickTaken({ chance, view }: Aim): { licence: LicenceId; member: RaceMember['memberId'] } | undefined {
  const skip = chance.below(Math.min(view.holders.size, 40));
  let at = 0;
  for (const [licence, member] of view.holders) {
    if (at === skip) return { licence, member };
    at += 1;
  }
  return undefined;
}

export interface Answered<T> {
  readonly call: number;
  readonly done: number;
  readonly outcome: string;
  readonly answer: T | undefined;
}

/** Calls, and notes when; a refusal is an answer, and anything else is a fault that the proof tells. */
export async function timed<T>({ racer, team }: Aim, work: () => Promise<T> | T): Promise<Answered<T>> {
  const call = now();
  try {
    const answer = await work();
    return { call, done: now(), outcome: 'ok', answer };
  } catch (error) {
    const done = now();
    const outcome = outcomeOf(error);
    if (outcome === 'broken') racer.broken.push(`${team.teamId}: ${textOf(error)}`);
    return { call, done, outcome, answer: undefined };
  }
}

/** Does something that is no operation of a team, such as looking for a link, where a full house is no fault. */
export async function attempt(racer: Racer, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const outcome = outcomeOf(error);
    if (turnedAway.has(outcome)) racer.turnedAway += 1;
    else racer.broken.push(textOf(error));
  }
}

/** The answers to whom nothing was done for. */
const turnedAway = new Set(['databaseUnavailable', 'overloaded', 'tooManyRequests', 'unavailable']);

/** A refusal by its code; `broken` for what nobody should ever be answered. */
function outcomeOf(error: unknown): string {
  if (error instanceof AppError || error instanceof ApiError) {
    return error.code === 'internalError' || error.code === 'offline' ? 'broken' : error.code;
  }
  // Who calls the services themselves is told by the pool when none of its connections came free in time.
  return /^timeout exceeded when trying to connect$/.test(textOf(error)) ? 'databaseUnavailable' : 'broken';
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

export function note({ racer, index }: Aim, op: TeamOperation | Check): void {
  if ('outcome' in op && turnedAway.has(op.outcome)) racer.turnedAway += 1;
  else racer.log.push({ team: index, process: racer.process, op });
}
