import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { accessReason, evaluationResponse } from '../../../contract/access.ts';
import type { CalendarDate } from '../../../domain/calendar-date.ts';
import { AppError } from '../../platform/app-error.ts';
import type { Ask } from './answer.ts';
import { answerEvaluation, answerEvaluations } from './answer.ts';
import { readEvaluation, readEvaluations } from './evaluation-reader.ts';
import type { Outcome } from './outcome.ts';
import { outcomeText } from './outcome-text.ts';
import { reasonTexts } from './text/reason-text.ts';

const resource = { type: 'product', id: 'share', properties: { team: 'team_a' } };
const of = (id: string) => ({ subject: { type: 'account', id } });
const wholeOf = (id: string) => ({ ...of(id), action: { name: 'use' }, resource });
const yes: Outcome = { decision: true, reason: 'held', until: '2027-03-31' as CalendarDate, revision: 3 };
const no: Outcome = { decision: false, reason: 'noLicence', until: null, revision: 3 };

/** Knows `yes…` and `no…`; what ends in `later` is promised, `behind` and `broken` fail. */
const ask: Ask = ({ subject }) => {
  if (subject.startsWith('behind')) {
    const error = new AppError('revisionNotReached');
    if (subject.endsWith('later')) return Promise.reject(error);
    throw error;
  }
  if (subject.startsWith('broken')) throw new Error('broken');
  const outcome = subject.startsWith('yes') ? yes : no;
  return subject.endsWith('later') ? Promise.resolve(outcome) : outcome;
};

async function decisions(subjects: readonly string[], semantic?: string) {
  const body = {
    ...wholeOf('x'),
    evaluations: subjects.map(of),
    ...(semantic && { options: { evaluations_semantic: semantic } }),
  };
  return shownIn(await answerEvaluations(ask, readEvaluations(body)));
}

function shownIn(text: string): string[] {
  const { evaluations } = JSON.parse(text) as { evaluations: { decision: boolean; context: { reason: string } }[] };
  return evaluations.map(({ decision, context }) => `${decision ? 'yes' : 'no'} ${context.reason}`);
}

describe('a single evaluation', () => {
  it('is answered at once where the licences are at hand', () => {
    const text = answerEvaluation(ask, readEvaluation(wholeOf('yes')));
    assert.equal(text, '{"decision":true,"context":{"reason":"held","until":"2027-03-31","revision":3}}');
  });

  it('is answered later where they are not', async () => {
    const text = answerEvaluation(ask, readEvaluation(wholeOf('yes later')));
    assert.ok(text instanceof Promise);
    assert.equal(await text, outcomeText(yes));
  });

  it('is refused with its fields where it is none', () => {
    assert.throws(
      () => answerEvaluation(ask, readEvaluation({ ...wholeOf('yes'), action: {} })),
      (error) => error instanceof AppError && error.details.fields?.[0]?.path === 'action.name',
    );
  });

  it('passes on what the licences refuse', () => {
    assert.throws(() => answerEvaluation(ask, readEvaluation(wholeOf('behind'))), { code: 'revisionNotReached' });
  });
});

describe('many evaluations', () => {
  const mixed = ['yes', 'no', 'yes', 'no'];

  for (const { semantic, subjects, expected } of [
    { semantic: undefined, subjects: mixed, expected: ['yes held', 'no noLicence', 'yes held', 'no noLicence'] },
    { semantic: 'execute_all', subjects: mixed, expected: ['yes held', 'no noLicence', 'yes held', 'no noLicence'] },
    { semantic: 'deny_on_first_deny', subjects: mixed, expected: ['yes held', 'no noLicence'] },
    { semantic: 'deny_on_first_deny', subjects: ['yes', 'yes'], expected: ['yes held', 'yes held'] },
    { semantic: 'deny_on_first_deny', subjects: ['behind', 'yes'], expected: ['no revisionNotReached'] },
    { semantic: 'permit_on_first_permit', subjects: mixed, expected: ['yes held'] },
    { semantic: 'permit_on_first_permit', subjects: ['no', 'yes', 'no'], expected: ['no noLicence', 'yes held'] },
    { semantic: 'permit_on_first_permit', subjects: ['no', 'no'], expected: ['no noLicence', 'no noLicence'] },
  ]) {
    it(`follow ${semantic ?? 'the default'} for ${subjects.join(', ')}`, async () => {
      assert.deepEqual(await decisions(subjects, semantic), expected);
    });
    it(`follow ${semantic ?? 'the default'} for ${subjects.join(', ')}, promised`, async () => {
      const later = subjects.map((subject, index) => (index % 2 === 0 ? `${subject} later` : subject));
      assert.deepEqual(await decisions(later, semantic), expected);
    });
  }

  it('ask nobody after the one that ends the call', async () => {
    const asked: string[] = [];
    const noting: Ask = (question) => {
      asked.push(question.subject);
      return ask(question);
    };
    const options = { evaluations_semantic: 'deny_on_first_deny' };
    const body = { ...wholeOf('x'), evaluations: ['yes', 'no', 'yes'].map(of), options };
    await answerEvaluations(noting, readEvaluations(body));
    assert.deepEqual(asked, ['yes', 'no']);
  });

  it('wait once for a revision of a team, and fail together where it does not come', async () => {
    for (const [first, expected] of [
      ['yes later', ['yes held', 'no noLicence', 'yes held', 'yes held']],
      ['behind later', ['no revisionNotReached', 'no revisionNotReached', 'no revisionNotReached', 'yes held']],
    ] as const) {
      const asked: string[] = [];
      const noting: Ask = (question) => {
        asked.push(question.subject);
        return ask(question);
      };
      const elsewhere = { resource: { ...resource, properties: { team: 'team_b' } } };
      const body = {
        ...wholeOf('x'),
        evaluations: [of(first), of('no'), of('yes'), { ...of('yes'), ...elsewhere }],
      };
      const text = answerEvaluations(noting, readEvaluations(body));
      assert.deepEqual(asked, [first, 'yes']);
      assert.deepEqual(shownIn(await text), expected);
    }
  });

  it('say what is wrong with one in its place', async () => {
    const body = { action: { name: 'use' }, resource, evaluations: [of('yes'), {}, of('behind'), of('behind later')] };
    const text = await answerEvaluations(ask, readEvaluations(body));
    const { evaluations } = JSON.parse(text) as { evaluations: { context: { reason: string; error?: object } }[] };
    const behind = { status: 409, message: 'The team has not come to the revision that was asked for.' };
    assert.deepEqual(
      evaluations.map(({ context }) => [context.reason, context.error]),
      [
        ['held', undefined],
        ['requestInvalid', { status: 400, message: 'subject: is required' }],
        ['revisionNotReached', behind],
        ['revisionNotReached', behind],
      ],
    );
  });

  it('fail together where nobody expected what went wrong', async () => {
    await assert.rejects(decisions(['yes later', 'broken', 'yes']), /broken/);
    await assert.rejects(decisions(['broken']), /broken/);
  });
});

describe('the text of a decision', () => {
  for (const reason of accessReason.options) {
    it(`has the form of the contract for ${reason}, with words in three languages`, () => {
      const parsed = evaluationResponse.parse(JSON.parse(outcomeText({ ...no, reason })));
      assert.equal(parsed.context.reason, reason);
      assert.deepEqual(Object.keys(reasonTexts(reason).reason_user ?? {}), reason === 'held' ? [] : ['en', 'de', 'cs']);
      for (const text of Object.values(parsed.context.reason_user ?? {})) assert.match(text, /^\p{Lu}.{15,125}\.$/u);
    });
  }

  it('leaves out what there is not, and marks what is stale', () => {
    const text = outcomeText({ ...no, reason: 'held', revision: null, stale: { ageSeconds: 12.5 } });
    assert.equal(text, '{"decision":false,"context":{"reason":"held","stale":true,"ageSeconds":12.5}}');
  });
});
