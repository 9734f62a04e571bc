import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

// The baseline of open streams: answers the head of a stream and keeps it open. Nothing is known of who asks.
const open = new Set<object>();
const server = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write(': open\n\n');
  open.add(response);
});
server.listen(0, '127.0.0.1', () => {
  // A listening TCP server has an address of this shape.
  process.send?.({ port: (server.address() as AddressInfo).port });
});
process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ residentBytes: process.memoryUsage.rss() });
});
