import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { addDays } from '../../../domain/calendar-date.ts';
import type { SubscriptionId, TeamId } from '../../../domain/id.ts';
import { planRelocations } from '../../../domain/licence.ts';
import { lastUsableDay } from '../../../domain/subscription.ts';
import type { TermStep } from '../../../domain/term-step.ts';
import { comesAfter, termStepOn, termSteps } from '../../../domain/term-step.ts';
import { systemActor } from '../../platform/caller.ts';
import type { Ground } from '../../platform/ground.ts';
import { todayOf } from '../../platform/ground.ts';
import type { JobKind } from '../../platform/jobs.ts';
import { lockStream } from '../../platform/stream-lock.ts';
import type { Change } from '../../platform/transact.ts';
import { transact } from '../../platform/transact.ts';
import { oweNotice } from '../notice/notice.service.ts';
import { freeLicence, takeUpLicence } from './holder.queries.ts';
import {
  findTerm,
  listDueSubscriptions,
  listTaken,
  markStep,
  readPool,
  suspendSubscription,
  terminateSubscription,
} from './term.queries.ts';

/** The hourly look at terms: whoever is concerned is told, and what has ended stops. */
export function termJobs(ground: Ground): JobKind[] {
  return [{ name: 'term-step', cron: '17 * * * *', handle: () => takeTermSteps(ground) }];
}

/** Brings every subscription near its end to where it stands today, each in a transaction of its own. */
export async function takeTermSteps(ground: Ground): Promise<void> {
  const today = todayOf(ground);
  for (const { id, teamId } of await listDueSubscriptions(ground.db, today)) {
    await transact(ground, { actor: systemActor }, async (change) => {
      await lockStream(change.db, teamId);
      await takeStep(change, id, today);
    });
  }
}

type Term = NonNullable<Awaited<ReturnType<typeof findTerm>>>;

async function takeStep(change: Change, id: SubscriptionId, today: CalendarDate): Promise<void> {
  const term = await findTerm(change.db, id);
  if (!term) return;
  const step = termStepOn(term, today);
  const earlier = termSteps.find((known) => known === term.notifiedStep) ?? 'running';
  if (!comesAfter(step, earlier)) return;
  await markStep(change.db, id, step);
  if (step === 'grace') await recordPhase(change, term, { kind: 'subscriptionEnteredGrace', before: 'active', today });
  if (step === 'suspended') await suspend(change, term, today);
  if (step === 'terminated') await terminate(change, term, today);
  await oweStep(change, term, step);
}

interface PhaseStep {
  readonly kind: 'subscriptionEnteredGrace' | 'subscriptionSuspended' | 'subscriptionTerminated';
  readonly before: 'active' | 'grace' | 'suspended';
  readonly today: CalendarDate;
}

async function recordPhase(change: Change, { id, teamId }: Term, { kind, before, today }: PhaseStep): Promise<void> {
  await change.record(teamId, kind, { subscriptionId: id, before, on: today });
}

/** Stops a subscription. Its holders go on with free licences of the same product, as far as there are any. */
async function suspend(change: Change, term: Term, today: CalendarDate): Promise<void> {
  await suspendSubscription(change.db, term.id);
  await recordPhase(change, term, { kind: 'subscriptionSuspended', before: 'grace', today });
  const { teamId, productId } = term;
  const pool = await readPool(change.db, { teamId, productId, today });
  for (const { memberId, from, to, assignment } of planRelocations(pool)) {
    await freeLicence(change.db, { licenceId: from.id, at: change.at, by: change.actor.id });
    await takeUpLicence(change.db, {
      id: change.newId('hold'),
      licenceId: to.id,
      teamId,
      memberId,
      givenAt: change.at,
      givenBy: change.actor.id,
      assignment,
    });
    await change.record(teamId, 'licenceRelocated', { productId, memberId, before: from.id, after: to.id, assignment });
  }
}

/** Ends a subscription for good: whoever still had one of its licences has none any more. */
async function terminate(change: Change, term: Term, today: CalendarDate): Promise<void> {
  if (term.state === 'active') await suspend(change, term, today);
  for (const { licenceId, memberId, state } of await listTaken(change.db, term.id)) {
    const holdingId = await freeLicence(change.db, { licenceId, at: change.at, by: change.actor.id });
    const data = { licenceId, productId: term.productId, memberId };
    if (state === 'held' && holdingId) {
      await change.record(term.teamId, 'licenceTaken', { ...data, holdingId, because: 'subscriptionTerminated' });
    } else {
      await change.record(term.teamId, 'reservationEnded', data);
    }
  }
  await terminateSubscription(change.db, term.id);
  await recordPhase(change, term, { kind: 'subscriptionTerminated', before: 'suspended', today });
}

const REMINDER_DAYS = { ending60: 60, ending30: 30, ending7: 7 } as const;

/** Tells the team's owner of the step. */
async function oweStep(change: Change, term: Term, step: TermStep): Promise<void> {
  if (step === 'running') return;
  const { teamName, productName, quantity, endsOn, ownerEmail: to, teamId: subjectId } = term;
  const language = term.ownerLanguage ?? term.customerLanguage ?? 'en';
  const facts = { path: teamPath(term.teamId), teamName, productName, quantity, endsOn };
  const owed = { to, language, subjectId };
  if (step === 'grace') {
    await oweNotice(change, { ...owed, kind: 'termGrace', payload: { ...facts, graceEndsOn: lastUsableDay(term) } });
  } else if (step === 'suspended') {
    const terminatesOn = addDays(lastUsableDay(term), term.suspendedDays + 1);
    await oweNotice(change, { ...owed, kind: 'termSuspended', payload: { ...facts, terminatesOn } });
  } else if (step === 'terminated') {
    await oweNotice(change, { ...owed, kind: 'termTerminated', payload: facts });
  } else {
    await oweNotice(change, { ...owed, kind: 'termEnding', payload: { ...facts, days: REMINDER_DAYS[step] } });
  }
}

const teamPath = (teamId: TeamId): string => `/teams/${teamId}`;
