import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// The baseline of checks: reads the body, parses the JSON, answers JSON of the same form. Nothing is looked up.
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const { subject } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { subject: { id: string } };
    const answer = { decision: subject.id.length > 0, context: { reason: 'held', until: '2027-11-23', revision: 101 } };
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(answer));
  });
});
server.listen(0, '127.0.0.1', () => {
  // A listening TCP server has an address of this shape.
  process.send?.({ port: (server.address() as AddressInfo).port });
});
