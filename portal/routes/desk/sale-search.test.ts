import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { saleSearchOf } from './sale-search.ts';

const tail = '01h455vb4pex5vsknk084sn02q';

describe('saleSearchOf', () => {
  const whole = {
    request: `req_${tail}`,
    customer: `cus_${tail}`,
    offer: `off_${tail}`,
    team: `team_${tail}`,
    order: `ord_${tail}`,
  };

  it('keeps a whole sale', () => assert.deepEqual(saleSearchOf(whole), whole));
  it('keeps that the team comes later', () => assert.deepEqual(saleSearchOf({ team: 'later' }), { team: 'later' }));

  for (const search of [
    { customer: `team_${tail}` },
    { customer: 'cus_../v1' },
    { offer: 7 },
    { team: 'sooner' },
    { unknown: `cus_${tail}` },
  ]) {
    it(`drops ${JSON.stringify(search)}`, () => assert.deepEqual(saleSearchOf(search), {}));
  }
});
