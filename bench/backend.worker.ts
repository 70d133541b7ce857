// A backend in a process of its own, so that its CPU is not the gateway's.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const body = JSON.stringify({ orders: Array.from({ length: 10 }, (_, id) => ({ id, total: 10 })) });
const server = createServer((incoming, outgoing) => {
  incoming.resume();
  outgoing.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'X-Powered-By': 'bench',
  });
  outgoing.end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('disconnect', () => process.exit());
