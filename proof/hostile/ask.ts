import { performance } from 'node:perf_hooks';
import type { TestApp } from '../../server/tests/harness/app.ts';
import { makeProof, proofClaims } from '../../server/tests/harness/lease-builder.ts';
import type { Draft, Wire } from './draft.ts';
import { write } from './draft.ts';
import type { Answer } from './judge.ts';

/** Of so many addresses calls come, so that the limits of one address are met and not always. */
const ADDRESSES = 400;
const HEAD_OF_STREAM_BYTES = 64 * 1024;

/** Sends a call into the application in process. */
export async function ask(app: TestApp, draft: Draft): Promise<Answer> {
  const wire = await proven(app, draft);
  const init = { method: wire.method, headers: headersOf(wire), body: bodyOf(wire) };
  const begun = performance.now();
  const response = await app.request(wire.target, init, `10.0.0.${draft.number % ADDRESSES}`);
  const text = await readText(response);
  return {
    status: response.status,
    headers: new Map(response.headers),
    text,
    milliseconds: performance.now() - begun,
  };
}

/** The call with a right proof of the device's key, where its caller has one and nothing else stands there. */
export async function proven(app: TestApp, draft: Draft): Promise<Wire> {
  const wire = write(draft);
  const { device } = draft.role;
  const wants = device && draft.operation?.id === 'issueLease' && !wire.headers.some(([name]) => name === 'dpop');
  if (!wants) return wire;
  return {
    ...wire,
    headers: [...wire.headers, ['dpop', await makeProof(device.keys, proofClaims(app, device.token))]],
  };
}

/** Headers as bytes in Latin-1, which is how they travel; what HTTP cannot carry at all is for the raw socket. */
function headersOf({ headers }: Wire): Headers {
  const all = new Headers();
  for (const [name, value] of headers) {
    const carried = Buffer.from(value)
      .toString('latin1')
      .replace(/[\0\r\n]/g, '');
    if (name === 'host' || name === 'cookie') all.set(name, carried);
    else all.append(name, carried);
  }
  return all;
}

function bodyOf({ method, bytes }: Wire): Uint8Array<ArrayBuffer> | null {
  const takesNone = /^(GET|HEAD)$/i.test(method);
  return takesNone || bytes === undefined ? null : new Uint8Array(bytes);
}

/** The body; of a stream its beginning, after which it is closed. */
async function readText(response: Response): Promise<string> {
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) return response.text();
  const reader = response.body?.getReader();
  const { value } = (await reader?.read()) ?? {};
  await reader?.cancel();
  return Buffer.from(value ?? []).toString('utf8', 0, HEAD_OF_STREAM_BYTES);
}
