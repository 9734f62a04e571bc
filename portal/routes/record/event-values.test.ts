import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { i18n } from '@lingui/core';
import { compileMessage } from '@lingui/message-utils/compileMessage';
import type { EventKind } from '../../../domain/event-data.ts';
import { en } from '../../text/en.ts';
import { makeFormat } from '../../text/format.ts';
import { translate } from '../../text/use-text.ts';
import { eventText } from './event-text.ts';

i18n.setMessagesCompiler(compileMessage);
i18n.load('en', en);
i18n.activate('en', ['en-GB']);

const id = (prefix: string, digit: number) => `${prefix}_${String(digit).padStart(26, '0')}`;
const anna = id('mem', 1);
const petr = id('mem', 2);
const share = id('prod', 1);
const names = { [anna]: 'Anna', [petr]: 'Petr', [share]: 'Share' };

const sentence = (
  kind: EventKind,
  data: Record<string, unknown>,
  name: string | null = 'Olga',
  actorKind = 'account',
) => eventText({ kind, data, names, actor: { kind: actorKind, id: 'x', name } }, translate, makeFormat('en-GB'));

describe('sentences of the record', () => {
  const cases: { kind: EventKind; data: Record<string, unknown>; text: string }[] = [
    {
      kind: 'licenceGiven',
      data: { productId: share, memberId: anna, wasReserved: false },
      text: 'Olga gave Share to Anna.',
    },
    {
      kind: 'licenceGiven',
      data: { productId: share, memberId: anna, wasReserved: true },
      text: 'Anna got the reserved licence of Share.',
    },
    {
      kind: 'licenceMoved',
      data: { productId: share, before: anna, after: petr },
      text: 'Olga moved Share from Anna to Petr.',
    },
    {
      kind: 'memberInvited',
      data: { memberId: petr, role: 'licenceManager', external: false, endsOn: '2026-12-08' },
      text: 'Olga invited Petr as licence manager, until 8 Dec 2026.',
    },
    {
      kind: 'memberRemoved',
      data: { memberId: petr, stateBefore: 'invited', because: 'removed' },
      text: 'Olga withdrew the invitation of Petr.',
    },
    {
      kind: 'memberRemoved',
      data: { memberId: petr, stateBefore: 'accepted', because: 'left' },
      text: 'Petr left the team.',
    },
    {
      kind: 'memberRoleChanged',
      data: { memberId: petr, before: 'member', after: 'administrator' },
      text: 'Olga changed the role of Petr from member to administrator.',
    },
    {
      kind: 'subscriptionAdded',
      data: { productId: share, quantity: 20, startsOn: '2026-11-24', endsOn: '2027-11-23' },
      text: '20 licences of Share added, from 24 Nov 2026 until 23 Nov 2027.',
    },
  ];
  for (const { kind, data, text } of cases) it(text, () => assert.equal(sentence(kind, data), text));

  it('name nobody who was erased', () =>
    assert.equal(
      sentence('licenceGiven', { productId: share, memberId: id('mem', 9), wasReserved: false }),
      'Olga gave Share to somebody who is no longer known.',
    ));

  it('say when it was the system, or a link', () => {
    assert.equal(sentence('teamRenamed', {}, null, 'system'), 'Namesake renamed the team.');
    assert.equal(sentence('teamRenamed', {}, null, 'link'), 'Somebody with the link renamed the team.');
    const claimed = sentence('teamClaimed', { ownerMemberId: anna }, null, 'link');
    assert.equal(claimed, 'Anna confirmed the team as its owner.');
  });

  it('do not break on a kind that this page does not know yet', () =>
    assert.equal(
      eventText(
        { kind: 'leaseEnded', data: {}, names: {}, actor: { kind: 'account', id: 'x', name: 'Olga' } },
        translate,
        makeFormat('en-GB'),
      ),
      'Olga: leaseEnded',
    ));
});
