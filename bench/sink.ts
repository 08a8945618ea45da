/** Takes what the measured servers forward, over kept connections, and says when all has come. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

let received = 0;
let expected = Number.POSITIVE_INFINITY;

const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
  req.resume();
  req.once('end', () => {
    res.writeHead(200, { 'content-length': 2, 'content-type': 'application/json' }).end('{}');
    received += 1;
    report();
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});

process.on('message', (word: { expect: number }) => {
  received = 0;
  expected = word.expect;
});

function report(): void {
  if (received === expected) process.send?.({ reached: received });
}

process.once('disconnect', () => process.exit());
