import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Answered, Fate } from './open-loop.ts';
import type { Judged, Step } from './step.ts';
import { judgeLoad, keptUp, StepCount } from './step.ts';

const answers = (count: number, kind: string, fate: Fate = 'done', took = 2): Answered[] =>
  Array.from({ length: count }, (_, index) => ({ kind, fate, dueAt: (index * 10) % 9000, late: 0, took }));
const step = (percent: number, ...answered: Answered[][]): Step => {
  const count = new StepCount(percent, 10_000);
  for (const one of answered.flat()) count.note(one);
  return count.step;
};

const half = step(50, answers(400, 'check'), answers(100, 'page'));
const beyond = step(150, answers(1000, 'check'), answers(100, 'page'), answers(400, 'page', 'shed'));
const calm: Judged = { steps: [half, beyond], after: half, capacity: 100 };

describe('what load comes to', () => {
  it('keeps every promise where pages are turned away and checks are not', () => {
    assert.deepEqual(judgeLoad(calm), []);
  });

  for (const { what, judged, says } of [
    {
      what: 'a broken answer',
      judged: { ...calm, steps: [step(100, answers(10, 'check'), answers(1, 'page', 'broken'))] },
      says: /100 %: 1 broken/,
    },
    {
      what: 'a check that was turned away',
      judged: { ...calm, steps: [step(150, answers(1500, 'check'), answers(1, 'check', 'shed'))] },
      says: /150 %: 1 checks were turned away/,
    },
    {
      what: 'a check that was refused',
      judged: { ...calm, steps: [step(80, answers(10, 'check'), answers(1, 'check', 'refused'))] },
      says: /80 %: 1 checks were refused/,
    },
    {
      what: 'anything turned away with room to spare',
      judged: { ...calm, steps: [step(50, answers(400, 'check'), answers(9, 'page', 'shed'))] },
      says: /50 %: 9 of 409 were turned away/,
    },
    {
      what: 'a collapse under too much',
      judged: { ...calm, steps: [step(150, answers(600, 'check'), answers(900, 'page', 'shed'))] },
      says: /150 %: 60 a second were done, of 100/,
    },
    {
      what: 'a collapse whose answers come when the load is over',
      judged: { ...calm, steps: [step(150, answers(600, 'check'), answers(900, 'check', 'done', 11_000))] },
      says: /150 %: 60 a second were done, of 100/,
    },
    {
      what: 'a server that does not recover',
      judged: { ...calm, after: step(50, [{ kind: 'page', fate: 'shed', dueAt: 10_001, late: 0, took: 1 }]) },
      says: /for 10001 ms/,
    },
    {
      what: 'a broken answer after it',
      judged: { ...calm, after: step(50, answers(1, 'page', 'broken')) },
      says: /after the overload: 1 broken/,
    },
  ] satisfies { what: string; judged: Judged; says: RegExp }[]) {
    it(`tells of ${what}`, () => {
      const violations = judgeLoad(judged);
      assert.equal(violations.length, 1, `${violations}`);
      assert.match(violations[0] ?? '', says);
    });
  }

  it('counts delays of what was answered, not of what was turned away', () => {
    const { others } = step(
      100,
      answers(99, 'page'),
      answers(1, 'page', 'refused', 50),
      answers(5, 'page', 'shed', 900),
    );
    assert.deepEqual(others.delays, [2, 50, 50, 50]);
    assert.deepEqual(others.fates, { done: 99, refused: 1, shed: 5, broken: 0 });
  });

  it('counts more answers than it has made room for', () => {
    const { checks } = step(100, answers(5000, 'check', 'done', 3), answers(50, 'check', 'done', 9));
    assert.equal(checks.count, 5050);
    assert.deepEqual(checks.delays, [3, 3, 9, 9]);
  });

  it('recovers with the last that is turned away', () => {
    assert.equal(step(50, answers(3, 'page', 'shed'), answers(900, 'page')).lastShedAt, 20);
  });

  it('finds the capacity where something is turned away, or is not done in time', () => {
    assert.equal(keptUp(step(100, answers(1000, 'check')), 100), true);
    assert.equal(keptUp(step(100, answers(1000, 'check'), answers(2, 'page', 'shed')), 100), false);
    assert.equal(keptUp(step(100, answers(960, 'check'), answers(40, 'check', 'done', 11_000)), 100), false);
  });
});
