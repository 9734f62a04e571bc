import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readMachineId } from './machine-id.ts';

const mac =
  '+-o J  <class IOPlatformExpertDevice>\n  {\n    "IOPlatformUUID" = "5B2A-11"\n    "model" = <"Mac15,6">\n  }\n';
const windows =
  '\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Cryptography\r\n    MachineGuid    REG_SZ    8c1f-77\r\n\r\n';

for (const [platform, text, id] of [
  ['linux', '0123456789abcdef0123456789abcdef\n', '0123456789abcdef0123456789abcdef'],
  ['linux', 'uninitialized\n', undefined],
  ['linux', '', undefined],
  ['darwin', mac, '5B2A-11'],
  ['win32', windows, '8c1f-77'],
  ['aix', 'whatever', undefined],
] as const) {
  it(`finds ${id ?? 'nothing'} on ${platform}`, () => assert.equal(readMachineId(platform, text), id));
}
