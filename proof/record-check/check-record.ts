import { compareSales } from './compare-sale.ts';
import { compareClosedHoldings, compareTeam } from './compare-team.ts';
import { compareOwedNotices } from './owed-notices.ts';
import { personalFaults } from './personal.ts';
import type { Position, RecordedEvent } from './recorded-event.ts';
import { beginning, chainFaults, readEvents } from './recorded-event.ts';
import type { SaleState } from './sale-replay.ts';
import { emptySale, replaySale } from './sale-replay.ts';
import { sealFaults } from './seal-faults.ts';
import type { Snapshot } from './snapshot.ts';
import { inSnapshot } from './snapshot.ts';
import { checkTables } from './table-rules.ts';
import { replayEvent } from './team-replay.ts';
import { readClosedHoldings, readTeamRows } from './team-rows.ts';
import type { TeamState } from './team-state.ts';
import { emptyTeam } from './team-state.ts';

/**
 * Reads tables and record of a database in one snapshot and answers everything that breaks a rule of the product.
 *
 * It shares no code with the server: it knows the tables, the record's definition and the rules alone.
 */
export function checkRecord(databaseUrl: string): Promise<string[]> {
  return new RecordCheck(databaseUrl).checkWhole();
}

const STREAMS_AT_A_TIME = 50;

interface Head {
  readonly id: string;
  readonly head: number;
  readonly hash: string;
}

/**
 * The same check, again and again while a database is at work: what was read of the record before is not read again.
 *
 * So an event that is changed behind its back is found by a new check alone.
 */
export class RecordCheck {
  readonly #databaseUrl: string;
  readonly #positions = new Map<string, Position>();
  readonly #teams = new Map<string, TeamState>();
  readonly #sales = new Map<string, SaleState>();
  #events = 0;

  constructor(databaseUrl: string) {
    this.#databaseUrl = databaseUrl;
  }

  /** How many events it has read and replayed. */
  get events(): number {
    return this.#events;
  }

  /** What stands now, and every stream that has moved since the last check. */
  check(): Promise<string[]> {
    return inSnapshot(this.#databaseUrl, (snapshot) => this.#check(snapshot, false));
  }

  /** {@link check}, and the whole history: holdings, notices, kept answers. */
  checkWhole(): Promise<string[]> {
    return inSnapshot(this.#databaseUrl, (snapshot) => this.#check(snapshot, true));
  }

  async #check(snapshot: Snapshot, whole: boolean): Promise<string[]> {
    const faults = await checkTables(snapshot, { whole });
    const heads = await snapshot.rows<Head>(
      `select id, head::int as head, encode(head_hash, 'hex') as hash
         from stream order by id`,
    );
    const moved = heads.filter(({ id, head, hash }) => {
      const read = this.#positions.get(id) ?? beginning;
      return whole || read.number !== head || read.hash !== hash;
    });
    for (let at = 0; at < moved.length; at += STREAMS_AT_A_TIME) {
      faults.push(...(await this.#follow(snapshot, moved.slice(at, at + STREAMS_AT_A_TIME))));
    }
    if (!whole) return faults;
    return [
      ...faults,
      ...compareClosedHoldings(this.#teams.values(), await readClosedHoldings(snapshot)),
      ...(await compareOwedNotices(snapshot, this.#teams.values())),
      ...(await sealFaults(snapshot)),
    ];
  }

  /** Replays what is new of some streams, and compares them with their rows. */
  async #follow(snapshot: Snapshot, heads: readonly Head[]): Promise<string[]> {
    const teamIds = heads.map(({ id }) => id).filter((id) => id.startsWith('team_'));
    const rows = await readTeamRows(snapshot, teamIds);
    const places = new Map(rows.licences.map(({ id, ...place }) => [id, place]));
    const faults: string[] = [];
    for (;;) {
      const events = await readEvents(
        snapshot,
        heads.map(({ id }) => ({ id, number: (this.#positions.get(id) ?? beginning).number })),
      );
      if (events.length === 0) break;
      for (const event of events) faults.push(...this.#take(event, places));
    }
    for (const head of heads) faults.push(...this.#compareHead(head));
    for (const id of teamIds) faults.push(...compareTeam(this.#teams.get(id) ?? emptyTeam(id), rows));
    const sales = heads.flatMap(({ id }) => this.#sales.get(id) ?? []);
    return [...faults, ...(await compareSales(snapshot, sales))];
  }

  #take(event: RecordedEvent, places: Parameters<typeof replayEvent>[2]): string[] {
    const { streamId, number, hash } = event;
    const faults = [...chainFaults(event, this.#positions.get(streamId) ?? beginning), ...personalFaults(event)];
    this.#positions.set(streamId, { number, hash });
    this.#events += 1;
    if (streamId.startsWith('team_')) {
      const team = this.#teams.get(streamId) ?? emptyTeam(streamId);
      this.#teams.set(streamId, team);
      return [...faults, ...replayEvent(team, event, places)];
    }
    if (!streamId.startsWith('cus_')) return faults;
    const sale = this.#sales.get(streamId) ?? emptySale(streamId);
    this.#sales.set(streamId, sale);
    return [...faults, ...replaySale(sale, event)];
  }

  #compareHead({ id, head, hash }: Head): string[] {
    const read = this.#positions.get(id) ?? beginning;
    if (read.number !== head) return [`rule 11: ${id} says that it has ${head} events, and has ${read.number}`];
    return read.hash === hash ? [] : [`rule 11: ${id} carries another hash than its newest event`];
  }
}
