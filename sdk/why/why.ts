import type { Answer } from '../answer.ts';
import { readObject, readText, unreadable } from '../answer.ts';
import type { Team } from '../entitlement.ts';
import type { ClockGuard } from '../lease/clock-guard.ts';
import type { LeaseKeeper } from '../lease/lease-keeper.ts';
import { NamesakeError } from '../namesake-error.ts';
import type { ServerLink } from '../server-link.ts';
import type { TokenKeeper } from '../token-keeper.ts';
import type { UseReason } from '../use-state.ts';
import type { Finding, WhyCheck, WhyData, WhyRemedy } from './finding.ts';
import type { LocalFindings } from './local-checks.ts';
import { findLocally } from './local-checks.ts';
import { checkText, remedyText } from './why-text.ts';

/** Why a product may or may not be used in a team. */
export interface Why {
  readonly decision: boolean;
  readonly reason: UseReason;
  /** The team that it is about, where that is known. */
  readonly team: Team | undefined;
  /** Whether the server answered; if not, only what this device knows is told. */
  readonly online: boolean;
  readonly checks: readonly WhyCheck[];
  /** Null where nothing is to be done. */
  readonly remedy: WhyRemedy | null;
}

/** What an explanation is asked for, and found with. */
export interface ExplainOptions {
  readonly link: ServerLink;
  readonly tokens: TokenKeeper;
  readonly guard: ClockGuard;
  readonly keeper: LeaseKeeper;
  readonly product: string;
  readonly team: string | undefined;
  /** When the server was last heard before. */
  readonly heardAt: Date;
}

/**
 * Asks the server, looks at this device, and puts both together: of lease, clock and contact this device knows best.
 *
 * @throws NamesakeError `notFound`, `refused`, `unreadable`
 */
export async function explain(options: ExplainOptions): Promise<Why> {
  const answer = await ask(options);
  const local = findLocally({ ...options, contact: typeof answer === 'string' ? answer : 'connected' });
  return typeof answer === 'string' ? tellLocally(local) : tellTogether(answer, local);
}

async function ask({ link, tokens, guard, product, team }: ExplainOptions): Promise<Answer | LocalFindings['contact']> {
  const token = await tokens.find();
  if (token === undefined) return 'signedOut';
  const query = new URLSearchParams({ productId: product, ...(team !== undefined && { teamId: team }) });
  try {
    const answer = readObject(await link.get(`/v1/me/why?${query}`, token, undefined));
    const at = Date.parse(readText(answer, 'at'));
    if (!Number.isNaN(at)) guard.serverSaid(at);
    return answer;
  } catch (error) {
    if (!(error instanceof NamesakeError)) throw error;
    if (error.code === 'notSignedIn') return 'signedOut';
    if (error.code === 'unreachable') return 'unreachable';
    throw error;
  }
}

function tellLocally({ decision, reason, team, checks, remedy }: LocalFindings): Why {
  const unknown = ['account', 'membership', 'licence', 'term'].map((check): Finding => {
    return { check, state: 'unknown', code: 'notAsked', data: {} };
  });
  return { decision, reason, team, online: false, checks: [...unknown, ...checks].map(inWords), remedy: told(remedy) };
}

/** A "no" of the server is the first thing to act on. After a "yes" only this device can be in the way. */
function tellTogether(answer: Answer, local: LocalFindings): Why {
  if (typeof answer.decision !== 'boolean' || !Array.isArray(answer.checks)) throw unreadable('decision and checks');
  const { decision } = answer;
  const own = new Map(local.checks.map((finding) => [finding.check, finding]));
  const checks = answer.checks.map(readFinding).map((finding) => better(own.get(finding.check), finding));
  const remedy = decision ? local.remedy : answer.remedy;
  return {
    decision,
    reason: readText(answer, 'reason'),
    team: readTeam(answer.team),
    online: true,
    checks: checks.map(inWords),
    remedy: remedy == null ? null : told(readRemedy(remedy)),
  };
}

function better(own: Finding | undefined, theirs: Finding): Finding {
  return own === undefined || own.state === 'unknown' ? theirs : own;
}

function readFinding(value: unknown): Finding {
  const finding = readObject(value);
  const state = finding.state === 'ok' || finding.state === 'problem' ? finding.state : 'unknown';
  return { check: readText(finding, 'check'), state, code: readText(finding, 'code'), data: readData(finding.data) };
}

function readRemedy(value: unknown): Omit<WhyRemedy, 'text'> {
  const remedy = readObject(value);
  return { code: readText(remedy, 'code'), data: readData(remedy.data) };
}

function readData(value: unknown): WhyData {
  return value == null ? {} : readObject(value);
}

function readTeam(value: unknown): Team | undefined {
  if (value == null) return undefined;
  const team = readObject(value);
  return { id: readText(team, 'id'), name: readText(team, 'name') };
}

function inWords(finding: Finding): WhyCheck {
  return { ...finding, text: checkText(finding) };
}

function told(remedy: Omit<WhyRemedy, 'text'> | null): WhyRemedy | null {
  return remedy && { ...remedy, text: remedyText(remedy) };
}
