import { createInterface } from 'node:readline';
import type { Connection, Entitlement, Offline, Why } from '../../sdk/index.ts';
import { printable } from './cell-text.ts';
import type { Sheet } from './drawing.ts';
import { clockTime, dayTime, leaseText, newsText, reasonText } from './reason-text.ts';
import type { Face, Key, Screen, Status } from './status.ts';

/** Where the lines go and come from. */
export interface PlainFaceOptions {
  readonly input: NodeJS.ReadableStream;
  readonly write: (line: string) => void;
  readonly onKey: (key: Key, sheet: Sheet) => void;
}

/** Prints what changes as `word: value` lines, for programs and tests; reads keys as lines. */
export class PlainFace implements Face {
  readonly #write: (line: string) => void;
  readonly #close: () => void;
  readonly #printed = new Map<string, string>();

  constructor({ input, write, onKey }: PlainFaceOptions) {
    this.#write = write;
    const lines = createInterface({ input });
    lines.on('line', (line) => onKey(line.trim() || 'enter', { columns: 40, rows: 20 }));
    this.#close = () => lines.close();
  }

  show(status: Status): void {
    for (const [word, value] of describe(status)) {
      if (this.#printed.get(word) !== value && value !== '') this.#write(`${word}: ${printable(value)}`);
      this.#printed.set(word, value);
    }
  }

  close(): void {
    this.#close();
  }
}

/** What there is to say, in order. What is empty is not printed, but forgotten: when it comes again it is news. */
function describe(status: Status): [string, string][] {
  const { server, screen, account, connection, lease, news } = status;
  return [
    ['server', server],
    ['account', account?.name ?? ''],
    ['connection', describeConnection(connection)],
    ['lease', lease === undefined ? '' : leaseText(lease)],
    ['news', news === undefined ? '' : newsText(news)],
    ...describeScreen(screen),
  ];
}

function describeScreen(screen: Screen): [string, string][] {
  const prompt = screen.name === 'signIn' ? screen.prompt : undefined;
  const all: [string, string][] = [
    ['address', prompt?.verificationUriComplete ?? prompt?.verificationUri ?? ''],
    ['code', prompt?.userCode ?? ''],
    ['why', screen.name === 'why' && screen.why !== undefined ? describeWhy(screen.why) : ''],
    ['trouble', screen.name === 'trouble' ? screen.text : ''],
    ['choose', screen.name === 'chooseTeam' ? listTeams(screen.teams) : ''],
  ];
  if (prompt !== undefined) all.push(['state', 'signed out']);
  if (screen.name !== 'locked' && screen.name !== 'drawing') return all;
  const { use } = screen;
  return [
    ...all,
    ['team', use.team?.name ?? ''],
    ['state', `${use.state} (${use.reason})`],
    ['offline', use.offline === undefined ? '' : describeOffline(use.offline)],
    ['hint', screen.name === 'locked' ? reasonText(use, screen.wasUnlocked) : ''],
  ];
}

function describeConnection(connection: Connection | undefined): string {
  if (connection?.online) return 'online';
  if (connection?.cause === undefined) return '';
  return connection.holdsUntil === undefined ? 'lost' : `lost, holds until ${dayTime(connection.holdsUntil)}`;
}

function describeOffline({ since, until }: Offline): string {
  return `since ${clockTime(since)}, works until ${dayTime(until)}`;
}

function describeWhy({ reason, checks, remedy }: Why): string {
  const problems = checks.filter(({ state }) => state === 'problem').map(({ text }) => text);
  return [`(${reason})`, ...problems, remedy?.text ?? 'Nothing is to be done.'].join(' ');
}

function listTeams(teams: readonly Entitlement[]): string {
  return teams.map(({ teamName }, index) => `${index + 1} ${teamName}`).join(', ');
}
