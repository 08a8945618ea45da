/**
 * The yardstick of a broadcast: a bare `ws` server that takes the same order and says the same page to
 * everybody, built once. It keeps nothing and knows nobody.
 */
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { WebSocket, WebSocketServer } from 'ws';
import { filling, type Order } from './desktop-flow.ts';
import './usage.ts';

const server = createServer((req, res) => {
  json(req).then(
    (order) => {
      res.writeHead(202).end();
      tellEverybody(order as Order);
    },
    () => res.destroy(),
  );
});
const channels = new WebSocketServer({ server, perMessageDeflate: false });
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});

function tellEverybody({ title, name }: Order): void {
  const content = { kind: 'popup', title, html: `<p>${name}</p>${filling}` };
  const subject = randomUUID();
  const page = {
    id: randomUUID(),
    key: `popup-all:${subject}`,
    subject,
    repeat: 'stack',
    content,
    createdAt: Date.now(),
  };
  const word = JSON.stringify({ type: 'page', page });
  for (const client of channels.clients) {
    if (client.readyState === WebSocket.OPEN) client.send(word);
  }
}
