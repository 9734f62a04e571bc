import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LicenceChange } from '../../../../contract/licence.ts';
import type { LicenceCommand } from './licence-command.ts';
import { expectedCells, opposite, rowOf } from './licence-command.ts';

const product = { id: 'prod_a', name: 'A' };
const anna = { id: 'mem_anna', name: 'Anna', isInvited: false };
const petr = { id: 'mem_petr', name: 'Petr', isInvited: true };
// Only the id of the licence that the server chose matters to undo.
const change = { licence: { id: 'lic_7' }, revision: 3 } as LicenceChange;

const give: LicenceCommand = { kind: 'give', product, to: anna };
const take: LicenceCommand = { kind: 'take', product, from: anna, licenceId: 'lic_7' };
const move: LicenceCommand = { kind: 'move', product, from: anna, to: petr, licenceId: 'lic_7' };

describe('undo of a licence command', () => {
  it('of giving takes the very licence back', () => assert.deepEqual(opposite(give, change), take));
  it('of taking gives to the same person', () => assert.deepEqual(opposite(take, change), give));
  it('of moving moves back, and twice is the move itself', () => {
    assert.deepEqual(opposite(move, change), { ...move, from: petr, to: anna });
    assert.deepEqual(opposite(opposite(move, change), change), move);
  });
});

describe('what a command will have done', () => {
  it('gives to a member and reserves for the invited', () => {
    assert.deepEqual([...expectedCells(give)], [['mem_anna prod_a', 'held']]);
    assert.deepEqual([...expectedCells({ ...give, to: petr })], [['mem_petr prod_a', 'reserved']]);
  });
  it('moves both cells at once', () =>
    assert.deepEqual(
      [...expectedCells(move)],
      [
        ['mem_anna prod_a', 'none'],
        ['mem_petr prod_a', 'reserved'],
      ],
    ));
  it('is told on the row where the hand was', () =>
    assert.deepEqual([rowOf(give), rowOf(take), rowOf(move)], [anna, anna, anna]));
});
