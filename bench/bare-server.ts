/**
 * The yardstick: a bare node:http server that verifies the same signature, parses the same message
 * and forwards the same data over kept connections. It keeps nothing and decides nothing.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import './usage.ts';

const secret = process.env['APP_SECRET'] ?? '';
const sink = process.env['SINK'] ?? '';
const agent = new Agent({ keepAlive: true });

const server = createServer({ keepAliveTimeout: 60_000 }, (req, res) => {
  const chunks: Buffer[] = [];
  req.on('data', (chunk: Buffer) => chunks.push(chunk));
  req.once('end', () => {
    const body = Buffer.concat(chunks);
    if (!verified(body, String(req.headers['x-hub-signature-256']))) {
      res.writeHead(401).end();
      return;
    }
    res.writeHead(200).end();
    for (const data of read(body)) forward(data);
  });
});
server.listen(0, '127.0.0.1', () => {
  process.send?.({ port: (server.address() as AddressInfo).port });
});

function verified(body: Buffer, header: string): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const given = Buffer.from(header.slice('sha256='.length), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

interface Value {
  readonly metadata: { readonly display_phone_number: string; readonly phone_number_id: string };
  readonly contacts: readonly { readonly profile: { readonly name: string } }[];
  readonly messages: readonly {
    readonly id: string;
    readonly from: string;
    readonly timestamp: string;
    readonly type: string;
    readonly text: { readonly body: string };
  }[];
}
interface Body {
  readonly entry: readonly { readonly changes: readonly { readonly value: Value }[] }[];
}

function* read(body: Buffer): Generator<Record<string, string>> {
  for (const entry of (JSON.parse(body.toString('utf8')) as Body).entry) {
    for (const { value } of entry.changes) {
      for (const message of value.messages) {
        yield {
          uniqueid: message.id,
          calleridnum: `+${message.from}`,
          calleridname: value.contacts[0]?.profile.name ?? '',
          account: value.metadata.phone_number_id,
          accountnumber: value.metadata.display_phone_number,
          provider: 'meta',
          event: 'message.incoming',
          interactionid: message.id,
          interaction: 'opened',
          interactionstate: 'open',
          openedat: new Date(Number(message.timestamp) * 1000).toISOString(),
          messageid: message.id,
          message: 'incoming',
          messagetype: message.type,
          text: message.text.body,
          timestamp: new Date(Number(message.timestamp) * 1000).toISOString(),
          eventid: message.id,
        };
      }
    }
  }
}

function forward(data: Record<string, string>): void {
  const body = Buffer.from(JSON.stringify(data));
  const key = data['eventid'] ?? '';
  const headers = {
    accept: 'application/json, text/plain, */*',
    'user-agent': 'bare',
    'content-type': 'application/json',
    'content-length': body.length,
    'idempotency-key': key,
    'webhook-id': key,
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
  };
  const outgoing = request(sink, { method: 'POST', agent, headers }, (answer) => answer.resume());
  outgoing.once('error', (error) => {
    throw error;
  });
  outgoing.end(body);
}
