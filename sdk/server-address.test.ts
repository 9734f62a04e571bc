import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createNamesake } from './namesake.ts';

for (const server of [
  'https://licences.example.com',
  'http://localhost:4280',
  'http://127.0.0.1:4280',
  'http://[::1]:80',
]) {
  it(`takes ${server}`, () => {
    assert.doesNotThrow(() => createNamesake({ server, application: 'sketchpad' }));
  });
}

for (const server of [
  'http://licences.example.com',
  'http://127.0.0.1.example.com',
  'http://10.0.0.7',
  'ftp://localhost',
]) {
  it(`does not take ${server}`, () => {
    assert.throws(() => createNamesake({ server, application: 'sketchpad' }), TypeError);
  });
}

it('takes what is not encrypted when it is told to', () => {
  const options = { server: 'http://licences.example.com', application: 'sketchpad', allowInsecure: true };
  assert.doesNotThrow(() => createNamesake(options));
});
