import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryCache } from './cache.ts';
import { TokenKeeper } from './token-keeper.ts';

describe('the token keeper', () => {
  it('keeps a token for the next start', async () => {
    const cache = memoryCache();
    await new TokenKeeper('token a', cache).keep('secret');
    assert.equal(await new TokenKeeper('token a', cache).find(), 'secret');
    assert.equal(await new TokenKeeper('token b', cache).find(), undefined);
  });

  it('takes an empty file for nobody', async () => {
    const cache = memoryCache();
    await cache.write('token a', ' \n');
    assert.equal(await new TokenKeeper('token a', cache).find(), undefined);
  });

  it('forgets the token that was refused, but none that came after it', async () => {
    const cache = memoryCache();
    const tokens = new TokenKeeper('token a', cache);
    await tokens.keep('old');
    await tokens.keep('new');
    assert.equal(await tokens.forget('old'), false);
    assert.equal(await tokens.find(), 'new');
    assert.equal(await tokens.forget('new'), true);
    assert.equal(await cache.read('token a'), undefined);
  });

  it('takes the token of a newer sign-in in another process, instead of removing it', async () => {
    const cache = memoryCache();
    const [running, other] = [new TokenKeeper('token a', cache), new TokenKeeper('token a', cache)];
    await running.keep('old');
    await other.keep('new');
    assert.equal(await running.forget('old'), false);
    assert.equal(await running.find(), 'new');
    assert.equal(await cache.read('token a'), 'new');
  });

  it('tries again after the cache could not be read', async () => {
    let broken = true;
    const read = async () => {
      if (broken) throw new Error('no permission');
      return 'secret';
    };
    const tokens = new TokenKeeper('token a', { ...memoryCache(), read });
    await assert.rejects(tokens.find(), /no permission/);
    broken = false;
    assert.equal(await tokens.find(), 'secret');
  });
});
