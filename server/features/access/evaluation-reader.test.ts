import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Evaluations } from './evaluation-reader.ts';
import { readEvaluation, readEvaluations } from './evaluation-reader.ts';
import { deniedUnasked } from './outcome.ts';
import { Fault } from './request-parts.ts';

const subject = { type: 'account', id: 'pia@office.example' };
const action = { name: 'use' };
const resource = { type: 'product', id: 'share', properties: { team: 'team_a' } };
const whole = { subject, action, resource };
const question = {
  kind: 'question',
  subject: 'pia@office.example',
  product: 'share',
  teamId: 'team_a',
  atLeastRevision: undefined,
};

describe('an evaluation', () => {
  it('asks for subject, product and team', () => {
    assert.deepEqual(readEvaluation(whole), question);
  });

  it('takes the team from the context where the resource names none, and the revision from there', () => {
    const context = { team: 'team_b', atLeastRevision: 7, time: '09:00' };
    assert.deepEqual(readEvaluation({ ...whole, context }), { ...question, atLeastRevision: 7 });
    const bare = { ...whole, resource: { type: 'product', id: 'share' }, context };
    assert.deepEqual(readEvaluation(bare), { ...question, teamId: 'team_b', atLeastRevision: 7 });
  });

  it('passes over members that it does not know', () => {
    assert.deepEqual(readEvaluation({ ...whole, evaluations: 3, foo: { bar: true } }), question);
  });

  for (const { what, sent, reason } of [
    { what: 'another subject', sent: { subject: { type: 'robot', id: 'x' } }, reason: 'subjectTypeUnknown' },
    { what: 'another action', sent: { action: { name: 'sell' } }, reason: 'actionUnknown' },
    { what: 'another resource', sent: { resource: { type: 'book', id: 'x' } }, reason: 'resourceTypeUnknown' },
    { what: 'no team', sent: { resource: { type: 'product', id: 'share' } }, reason: 'teamMissing' },
  ] as const) {
    it(`is denied at once for ${what}`, () => {
      assert.equal(readEvaluation({ ...whole, ...sent }), deniedUnasked[reason]);
    });
  }

  for (const { sent, path } of [
    { sent: null, path: '' },
    { sent: [], path: '' },
    { sent: 'x', path: '' },
    { sent: {}, path: 'subject' },
    { sent: { ...whole, subject: undefined }, path: 'subject' },
    { sent: { ...whole, subject: 'pia' }, path: 'subject' },
    { sent: { ...whole, subject: [subject] }, path: 'subject' },
    { sent: { ...whole, subject: { id: 'x' } }, path: 'subject.type' },
    { sent: { ...whole, subject: { type: 'account' } }, path: 'subject.id' },
    { sent: { ...whole, subject: { ...subject, id: '' } }, path: 'subject.id' },
    { sent: { ...whole, subject: { ...subject, id: 'x'.repeat(255) } }, path: 'subject.id' },
    { sent: { ...whole, subject: { ...subject, id: 'a\0b' } }, path: 'subject.id' },
    { sent: { ...whole, subject: { ...subject, properties: 1 } }, path: 'subject.properties' },
    { sent: { ...whole, action: undefined }, path: 'action' },
    { sent: { ...whole, action: {} }, path: 'action.name' },
    { sent: { ...whole, action: { name: 123 } }, path: 'action.name' },
    { sent: { ...whole, action: { name: 'use', properties: [] } }, path: 'action.properties' },
    { sent: { ...whole, resource: undefined }, path: 'resource' },
    { sent: { ...whole, resource: { type: 'product' } }, path: 'resource.id' },
    { sent: { ...whole, resource: { id: 'share' } }, path: 'resource.type' },
    {
      sent: { ...whole, resource: { ...resource, properties: { team: 7 } } },
      path: 'resource.properties.team',
    },
    { sent: { ...whole, context: 'x' }, path: 'context' },
    { sent: { ...whole, context: { atLeastRevision: '7' } }, path: 'context.atLeastRevision' },
    { sent: { ...whole, context: { atLeastRevision: -1 } }, path: 'context.atLeastRevision' },
    { sent: { ...whole, context: { atLeastRevision: 1.5 } }, path: 'context.atLeastRevision' },
    {
      sent: { subject, action, resource: { type: 'product', id: 'x' }, context: { team: null } },
      path: 'context.team',
    },
  ]) {
    it(`is faulty at ${path || 'its root'}: ${JSON.stringify(sent).slice(0, 60)}`, () => {
      const fault = readEvaluation(sent);
      assert.ok(fault instanceof Fault);
      assert.equal(fault.path, path);
    });
  }

  it('is read without an exception, whatever is sent', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const many = readEvaluations({ evaluations: [value], options: {} });
        const one = readEvaluation(value);
        return 'readings' in many && (one instanceof Fault || 'decision' in one || one.kind === 'question');
      }),
    );
  });
});

describe('many evaluations', () => {
  const read = (sent: object): Evaluations => {
    const result = readEvaluations(sent);
    assert.ok('readings' in result, JSON.stringify(result));
    return result;
  };

  it('take what they leave out from beside them', () => {
    const { readings, semantic } = read({
      ...whole,
      context: { atLeastRevision: 4 },
      evaluations: [
        {},
        { subject: { type: 'account', id: 'tom@office.example' } },
        { resource: { type: 'product', id: 'other', properties: { team: 'team_b' } }, context: {} },
      ],
    });
    assert.equal(semantic, 'execute_all');
    assert.deepEqual(readings, [
      { ...question, atLeastRevision: 4 },
      { ...question, subject: 'tom@office.example', atLeastRevision: 4 },
      { ...question, product: 'other', teamId: 'team_b' },
    ]);
  });

  it('replace a part whole, but for the type and id that they leave out', () => {
    const { readings } = read({
      ...whole,
      evaluations: [{ resource: { id: 'other' } }, { resource: { properties: { team: 'team_c' } } }],
    });
    assert.deepEqual(readings, [deniedUnasked.teamMissing, { ...question, teamId: 'team_c' }]);
  });

  it('keep what is wrong with one in its place', () => {
    const { readings } = read({ subject, action, evaluations: [{ resource }, {}, 5, { resource, subject: 'pia' }] });
    assert.deepEqual(readings, [
      question,
      new Fault('resource', 'is required'),
      new Fault('', 'expected an object'),
      new Fault('subject', 'expected an object'),
    ]);
  });

  it('are a single one where there are none', () => {
    assert.deepEqual(readEvaluations(whole), question);
    assert.deepEqual(readEvaluations({ ...whole, evaluations: [] }), question);
  });

  for (const { sent, path } of [
    { sent: { ...whole, evaluations: {} }, path: 'evaluations' },
    { sent: { ...whole, evaluations: null }, path: 'evaluations' },
    { sent: { ...whole, evaluations: Array.from({ length: 10_001 }, () => ({})) }, path: 'evaluations' },
    { sent: { ...whole, evaluations: [{}], options: 'x' }, path: 'options' },
    { sent: { evaluations: [whole], options: { evaluations_semantic: 'some' } }, path: 'options.evaluations_semantic' },
    {
      sent: { evaluations: [whole], options: { evaluations_semantic: 'toString' } },
      path: 'options.evaluations_semantic',
    },
    { sent: { subject: 'pia', evaluations: [whole] }, path: 'subject' },
    { sent: { context: 7, evaluations: [whole] }, path: 'context' },
  ]) {
    it(`are refused whole for ${path}: ${JSON.stringify(sent).slice(0, 60)}`, () => {
      const fault = readEvaluations(sent);
      assert.ok(fault instanceof Fault);
      assert.equal(fault.path, path);
    });
  }

  it('are at most ten thousand', () => {
    const { readings } = read({ ...whole, evaluations: Array.from({ length: 10_000 }, () => ({})) });
    assert.equal(readings.length, 10_000);
  });
});
