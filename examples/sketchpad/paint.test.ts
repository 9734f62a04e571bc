import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { LeaseInfo, UseSnapshot, Why } from '../../sdk/index.ts';
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

const screens = (): Screen[] => [
  { name: 'starting' },
  { name: 'signIn', prompt },
  { name: 'trouble', text: 'The server does not answer.', wayOut: 'Trying again by itself.' },
  { name: 'chooseTeam', teams, selected: 27 },
  { name: 'locked', use, wasUnlocked: false },
  { name: 'why', why },
  { name: 'why', why: undefined },
  { name: 'drawing', use: offline, drawing: emptyDrawing },
  { name: 'drawing', use: unlocked, drawing: draw(emptyDrawing, 'right', { columns: 40, rows: 20 }) },
];

const lease: LeaseInfo = {
  ...{ id: 'lease_1', team, product: 'share', refusal: undefined },
  ...{ issuedAt: new Date(0), renewAfter: new Date(0), expiresAt: new Date(2026, 10, 25, 9, 5) },
};
const offline: UseSnapshot = {
  ...unlocked,
  offline: { since: new Date(2026, 10, 24, 8, 0), until: lease.expiresAt, leaseId: 'lease_1' },
};
const why: Why = {
  ...{ decision: false, reason: 'noLicence', team, online: true },
  checks: [
    { check: 'account', state: 'ok', code: 'confirmed', data: {}, text: 'Your account is in order.' },
    { check: 'licence', state: 'problem', code: 'none', data: {}, text: 'You have no licence.' },
    { check: 'clock', state: 'unknown', code: 'notAsked', data: {}, text: 'Not known here.' },
  ],
  remedy: { code: 'giveLicence', data: {}, text: 'Ask Anna to hand you a licence.' },
};

function status(screen: Screen): Status {
  const account = { id: 'acc_1', name: 'Pia Person', email: 'pia@example.com' };
  return {
    server: 'http://localhost:4280',
    screen,
    account,
    connection: undefined,
    teamCount: 2,
    lease,
    news: undefined,
  };
}

function read(screen: Screen, size: Size): string[] {
  return paint(status(screen), size).map((line) => line.map(({ text }) => text).join(''));
}

describe('the picture', () => {
  for (const screen of screens()) {
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

  it('says since when there is no network, and how long it works on', () => {
    const lines = read({ name: 'drawing', use: offline, drawing: emptyDrawing }, { columns: 110, rows: 24 });
    assert.match(lines[0] ?? '', /no network since 08:00:00, works until 2026-11-25 09:05 $/);
  });

  it('says what works without network while there is one, and what happened last instead', () => {
    const size = { columns: 80, rows: 24 };
    const screen: Screen = { name: 'drawing', use: unlocked, drawing: emptyDrawing };
    assert.match(read(screen, size).at(-1) ?? '', /works without network until 2026-11-25 09:05 $/);
    const news = { story: 'given' as const, at: new Date(2026, 10, 24, 8, 41, 7), until: null };
    const last = paint({ ...status(screen), news }, size).at(-1) ?? [];
    assert.match(last.map(({ text }) => text).join(''), /^ w why {2}q quit +licence given 08:41:07 $/);
    assert.match(
      read(screen, { columns: 140, rows: 24 }).at(-1) ?? '',
      /^ arrows draw .* q quit +works without network /,
    );
  });

  it('says why, what is wrong apart from what is not, and the one thing to do', () => {
    const lines = read({ name: 'why', why }, { columns: 80, rows: 24 }).map((line) => line.trim());
    const about = ['Why you cannot draw', '✓ Your account is in order.', '✗ You have no licence.', '· Not known here.'];
    assert.deepEqual(
      lines.filter((line) => about.includes(line)),
      about,
    );
    assert.ok(lines.includes('Ask Anna to hand you a licence.'));
  });

  it('keeps the chosen team in sight', () => {
    const lines = read({ name: 'chooseTeam', teams, selected: 27 }, { columns: 80, rows: 12 });
    assert.ok(lines.some((line) => line.includes('> 28  T27')));
  });

  it('gives the whole middle to the drawing', () => {
    assert.deepEqual(sheetOf({ columns: 81, rows: 24 }), { columns: 40, rows: 22 });
  });
});
