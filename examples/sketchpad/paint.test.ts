import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { UseSnapshot } from '../../sdk/index.ts';
import { cellWidth } from './cell-text.ts';
import { draw, emptyDrawing } from './drawing.ts';
import type { Size } from './paint.ts';
import { paint, sheetOf } from './paint.ts';
import type { Screen, Status } from './status.ts';

const team = { id: 'team_1', name: 'Atelier 建築 Žižkov' };
const use: UseSnapshot = { state: 'locked', reason: 'noLicence', team, until: null, revision: 4, offline: undefined };
const unlocked: UseSnapshot = { ...use, state: 'unlocked', reason: 'grace', until: '2026-12-20' };
const address = 'http://localhost:4280/device?code=WDJB-MJHT';
const prompt = {
  userCode: 'WDJB-MJHT',
  verificationUri: 'http://localhost:4280/device',
  verificationUriComplete: address,
  expiresAt: new Date(0),
};
const product = { productId: 'prod_1', productKey: 'share', productName: 'Share' };
const teams = Array.from({ length: 30 }, (_, index) => {
  return {
    ...product,
    teamId: `t${index}`,
    teamName: `T${index}`,
    decision: false,
    reason: 'noLicence',
    until: null,
    revision: 1,
  };
});

const screens: Screen[] = [
  { name: 'starting' },
  { name: 'signIn', prompt },
  { name: 'trouble', text: 'The server does not answer.', wayOut: 'Trying again by itself.' },
  { name: 'chooseTeam', teams, selected: 27 },
  { name: 'locked', use, wasUnlocked: false },
  { name: 'drawing', use: unlocked, drawing: draw(emptyDrawing, 'right', { columns: 40, rows: 20 }) },
];

function status(screen: Screen): Status {
  const account = { id: 'acc_1', name: 'Pia Person', email: 'pia@example.com' };
  return { server: 'http://localhost:4280', screen, account, connection: undefined, teamCount: 2 };
}

function read(screen: Screen, size: Size): string[] {
  return paint(status(screen), size).map((line) => line.map(({ text }) => text).join(''));
}

describe('the picture', () => {
  for (const screen of screens) {
    it(`of ${screen.name} fits every terminal`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 60 }), (columns, rows) => {
          const lines = read(screen, { columns, rows });
          assert.ok(lines.length <= rows);
          for (const line of lines) assert.ok(cellWidth(line) <= columns, line);
        }),
        { numRuns: 40 },
      );
    });
  }

  it('has the address alone on its line, so that it can be clicked', () => {
    const lines = read({ name: 'signIn', prompt }, { columns: 80, rows: 24 });
    assert.ok(lines.some((line) => line.trim() === address));
  });

  it('says whom to ask', () => {
    const lines = read({ name: 'locked', use, wasUnlocked: false }, { columns: 80, rows: 24 });
    assert.match(lines.join('\n'), /No licence in this team yet: ask the owner of Atelier 建築 Žižkov\./);
  });

  it('warns when the term is over', () => {
    const lines = read({ name: 'drawing', use: unlocked, drawing: emptyDrawing }, { columns: 100, rows: 24 });
    assert.match(lines[0] ?? '', /term over, works until 2026-12-20 $/);
  });

  it('keeps the chosen team in sight', () => {
    const lines = read({ name: 'chooseTeam', teams, selected: 27 }, { columns: 80, rows: 12 });
    assert.ok(lines.some((line) => line.includes('> 28  T27')));
  });

  it('gives the whole middle to the drawing', () => {
    assert.deepEqual(sheetOf({ columns: 81, rows: 24 }), { columns: 40, rows: 22 });
  });
});
