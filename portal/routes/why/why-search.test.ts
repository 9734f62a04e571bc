import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { whySearch } from './why-search.ts';

const team = 'team_01h455vb4pex5vsknk084sn02q';
const member = 'mem_01h455vb4pex5vsknk084sn02q';

describe('whySearch', () => {
  const cases = [
    {
      what: 'product, team and member',
      given: { product: 'share', team, member },
      kept: { product: 'share', team, member },
    },
    {
      what: 'a product by its id',
      given: { product: 'prod_01h455vb4pex5vsknk084sn02q' },
      kept: { product: 'prod_01h455vb4pex5vsknk084sn02q' },
    },
    { what: 'nothing', given: {}, kept: {} },
    {
      what: 'what is none of the question',
      given: { team: 'javascript:alert(1)', product: '../x', page: 2 },
      kept: {},
    },
    { what: 'a member without its team', given: { member }, kept: {} },
  ];
  for (const { what, given, kept } of cases) {
    it(`keeps of ${what} what can be asked`, () => assert.deepEqual(whySearch(given), kept));
  }
});
