import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { EmailAddress } from '../../../domain/email-address.ts';
import { createKnownBrowsers } from './known-browser.ts';

const OWNER = 'owner@office.example' as EmailAddress;
const SOMEBODY = 'somebody@office.example' as EmailAddress;
const DAY = 86_400_000;

describe('the mark of a known browser', () => {
  let now = Date.UTC(2026, 0, 1);
  const at = (serverKey: Buffer, publicUrl = 'https://licences.vendor.example') =>
    createKnownBrowsers({ serverKey, settings: { publicUrl }, clock: { now: () => new Date(now) } } as never);
  const browsers = at(Buffer.alloc(32, 1));
  const sent = (cookie: string) => new Headers({ cookie: `other=1; ${cookie.split(';')[0]}; more=2` });

  it('counts for the address that signed in there, and for no other', () => {
    const headers = sent(browsers.mark(OWNER));
    assert.match(browsers.find(headers, OWNER) ?? '', /^[\w-]{22}$/);
    assert.equal(browsers.find(headers, SOMEBODY), undefined);
  });

  it('is another one each time', () => {
    const [one, other] = [browsers.mark(OWNER), browsers.mark(OWNER)].map((each) => browsers.find(sent(each), OWNER));
    assert.notEqual(one, other);
  });

  it('cannot be made, changed or left out', () => {
    const [pair = ''] = browsers.mark(OWNER).split(';');
    const later = pair.replace(/=(\d+)/, (_, day) => `=${Number(day) + 1}`);
    for (const wrong of ['', '__Host-namesake.known=', `${pair}x`, later, at(Buffer.alloc(32, 2)).mark(OWNER)]) {
      assert.equal(browsers.find(sent(wrong), OWNER), undefined, wrong);
    }
  });

  it('counts for half a year', () => {
    const headers = sent(browsers.mark(OWNER));
    now += 180 * DAY;
    assert.ok(browsers.find(headers, OWNER));
    now += DAY;
    assert.equal(browsers.find(headers, OWNER), undefined);
  });

  it('stays with this host, off plain http and away from scripts', () => {
    assert.match(browsers.mark(OWNER), /^__Host-namesake\.known=.*; Path=\/; HttpOnly; SameSite=Lax; Secure$/);
    assert.doesNotMatch(at(Buffer.alloc(32, 1), 'http://localhost:4280').mark(OWNER), /__Host|Secure/);
  });
});
