import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import type { BenchDevice, ProofAlgorithm } from './lease-proofs.ts';
import { makeBenchDevice, makeBenchProof } from './lease-proofs.ts';
import { pin } from './pin.ts';

interface Start {
  readonly port: number;
  readonly publicUrl: string;
  readonly devices: readonly { token: string; teamId: string }[];
  readonly alg: ProofAlgorithm;
}

interface Run {
  readonly requests: number;
  readonly connections: number;
}

let start: Start | undefined;
let devices: BenchDevice[] = [];
let turn = 0;

// Asks for leases over real connections, each with a proof of its own that was made before the clock starts.
pin([process.pid], 1);
process.on('disconnect', () => process.exit());
process.on('message', (message: Start | Run) => {
  if ('port' in message) {
    start = message;
    devices = message.devices.map((device) => makeBenchDevice(message.alg, device));
    process.send?.({ ready: true });
  } else if (start) {
    void run(start, message).then((rate) => process.send?.({ rate }));
  }
});

async function run({ port, publicUrl }: Start, { requests, connections }: Run): Promise<number> {
  const waiting = Array.from({ length: requests }, () => requestOf(publicUrl));
  const sockets = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      await once(socket, 'connect');
      return socket;
    }),
  );
  const begun = performance.now();
  await Promise.all(sockets.map((socket) => drain(socket, waiting)));
  return (requests * 1000) / (performance.now() - begun);
}

function requestOf(publicUrl: string): string {
  const device = devices[turn % devices.length] as BenchDevice; // within by the modulus
  turn += 1;
  const body = JSON.stringify({ productId: 'share', teamId: device.teamId });
  return [
    'POST /v1/me/leases HTTP/1.1',
    'host: localhost',
    `authorization: Bearer ${device.token}`,
    `dpop: ${makeBenchProof(device, `${publicUrl}/v1/me/leases`).text}`,
    'content-type: application/json',
    `content-length: ${body.length}`,
    '',
    body,
  ].join('\r\n');
}

/** Sends one request after the other; an answer that is no lease ends the bench. */
function drain(socket: Socket, waiting: string[]): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let text = '';
  const next = () => {
    const request = waiting.pop();
    if (request !== undefined) socket.write(request, 'latin1');
    else socket.end(() => resolve());
  };
  socket.setEncoding('latin1').on('error', reject);
  socket.on('data', (chunk: string) => {
    text += chunk;
    const head = text.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
    if (!text.startsWith('HTTP/1.1 200') || Number.isNaN(length)) reject(new Error(`no lease: ${text}`));
    if (text.length < head + 4 + length) return;
    text = '';
    next();
  });
  next();
  return promise;
}
