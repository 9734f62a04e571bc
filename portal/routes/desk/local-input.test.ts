import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { localInput, momentOfInput } from './local-input.ts';

describe('localInput', () => {
  it('has the form that the field takes', () =>
    assert.match(localInput(new Date('2026-11-24T08:05:59Z')), /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/));

  it('reads back as the same minute', () => {
    const minutes = fc.integer({ min: 0, max: 60_000_000 });
    fc.assert(
      fc.property(minutes, (minute) => {
        const moment = new Date(minute * 60_000);
        const again = momentOfInput(localInput(moment));
        // An hour that a change of the clock repeats is ambiguous in such a field.
        const off = Math.abs(new Date(again).getTime() - moment.getTime());
        assert.ok(off === 0 || off === 3_600_000, again);
      }),
    );
  });
});
