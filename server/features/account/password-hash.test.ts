import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hashPassword, isOutdated, verifyPassword } from './password-hash.ts';

const PASSWORD = 'violet harbour seldom cup';
/** Made by the identity library, as earlier versions kept them. */
const EARLIER =
  'f87c5980ee3bd9bf4a0735140f0b16d4:90c17a81b0ceb70d8dcd2c73b87b0d65ccdd0f87af9e77be2de216130eaed89271bd2ec7a7a0c1176e2665d2815de938c7047d7906ba9ac4680b2470559cf99c';

describe('the hash of a password', () => {
  it('is scrypt at 32 MiB and three passes, salted anew each time', async () => {
    const [one, other] = await Promise.all([hashPassword(PASSWORD), hashPassword(PASSWORD)]);
    assert.match(one, /^scrypt\$32768\$8\$3\$[\w-]{22}\$[\w-]{86}$/);
    assert.notEqual(one, other);
    assert.equal(isOutdated(one), false);
  });

  it('knows its password, to the last character and in its case', async () => {
    const hash = await hashPassword(PASSWORD);
    const tries = [PASSWORD, PASSWORD.toUpperCase(), PASSWORD.slice(0, -1), `${PASSWORD} `, ''];
    const right = await Promise.all(tries.map((text) => verifyPassword(hash, text)));
    assert.deepEqual(right, [true, false, false, false, false]);
  });

  it('takes all of a long one, and one in another Unicode form', async () => {
    const long = 'ä'.repeat(128);
    const hash = await hashPassword(long);
    assert.equal(await verifyPassword(hash, long.normalize('NFD')), true);
    assert.equal(await verifyPassword(hash, `${long.slice(0, -1)}a`), false);
  });

  it('was cheaper in earlier versions, works still, and is known to be outdated', async () => {
    assert.equal(await verifyPassword(EARLIER, PASSWORD), true);
    assert.equal(await verifyPassword(EARLIER, 'another one'), false);
    assert.equal(isOutdated(EARLIER), true);
  });

  it('that is not there is compared with all the same, and never right', async () => {
    assert.equal(await verifyPassword(undefined, PASSWORD), false);
    assert.equal(await verifyPassword(undefined, ''), false);
  });
});
