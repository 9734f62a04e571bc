import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pin } from './pin.ts';

// The baseline of checks: reads the body, parses the JSON, answers JSON. Nothing is looked up. What it answers comes from
// whoever started it, so that it has the form and the length of the real answer.
pin([process.pid], 0);
let answer: unknown = {};
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const text = JSON.stringify(answer);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  });
});
process.on('message', ({ answer: given }: { answer: unknown }) => {
  answer = given;
  process.send?.({ ready: true });
});
server.listen(0, '127.0.0.1', () => {
  // A listening TCP server has an address of this shape.
  process.send?.({ port: (server.address() as AddressInfo).port });
});
