/**
 * The yardstick of a broadcast: a bare `ws` server that verifies the same signature, parses the same
 * message, and says the same page to everybody, built once. It keeps nothing and knows nobody.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { WebSocket, WebSocketServer } from 'ws';
import { appSecret } from '../test/fixtures/meta.ts';
import { filling } from './desktop-flow.ts';
import './usage.ts';

const server = createServer((req, res) => {
  buffer(req).then(
    (body) => {
      const verified = isSigned(body, String(req.headers['x-hub-signature-256']));
      res.writeHead(verified ? 200 : 401).end();
      if (verified) tellEverybody(body);
    },
    () => res.destroy(),
  );
});
const channels = new WebSocketServer({ server, perMessageDeflate: false });
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});

function isSigned(body: Buffer, header: string): boolean {
  const expected = createHmac('sha256', appSecret).update(body).digest();
  const given = Buffer.from(header.slice('sha256='.length), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function tellEverybody(body: Buffer): void {
  const { entry } = JSON.parse(body.toString('utf8'));
  const { contacts, messages } = entry[0].changes[0].value;
  const content = {
    kind: 'popup',
    title: messages[0].text.body,
    html: `<p>${contacts[0].profile.name}</p>${filling}`,
  };
  const page = { id: messages[0].id, key: 'bare', repeat: 'stack', content, createdAt: Date.now() };
  const word = JSON.stringify({ type: 'page', page });
  for (const client of channels.clients) {
    if (client.readyState === WebSocket.OPEN) client.send(word);
  }
}
