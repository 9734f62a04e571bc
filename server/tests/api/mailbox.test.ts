import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { signUp } from '../harness/account-builder.ts';
import type { TestApp } from '../harness/app.ts';
import { createTestApp } from '../harness/app.ts';
import { refused } from '../harness/refused.ts';

describe('the mailbox of a demo', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp();
  });
  after(() => app.close());

  it('keeps every mail, newest first, and nothing leaves', async () => {
    await signUp(app, 'first@office.example');
    await signUp(app, 'second@office.example');
    await app.settled();
    const { items } = await app.anonymous.listMailbox();
    assert.deepEqual(
      items.map(({ to }) => to),
      ['second@office.example', 'first@office.example'],
    );
    assert.match(items[0]?.html ?? '', /Confirm address/);
    assert.match(items[0]?.text ?? '', /\/l\/link_/);
    const narrowed = await app.anonymous.listMailbox({ query: { to: ' First@office.example' } });
    assert.deepEqual(narrowed.items, items.slice(1));
  });

  it('answers under its own name alone', async () => {
    const foreign = app.withHeaders({ host: 'rebound.evil.example' });
    await refused(foreign.listMailbox(), 'wrongHost');
    await refused(foreign.listDemoSignIns(), 'wrongHost');
  });
});

describe('a deployment that is no demo', () => {
  let app: TestApp;

  before(async () => {
    app = await createTestApp({ settings: { demo: false } });
  });
  after(() => app.close());

  it('has no mailbox and no demo sign-ins', async () => {
    await signUp(app, 'first@office.example');
    await app.settled();
    await refused(app.anonymous.listMailbox(), 'notFound');
    await refused(app.anonymous.listDemoSignIns(), 'notFound');
  });
});
