import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import { readFrames } from '../../../src/simulator/app/frames.ts';
import { createFeed, type Feed } from '../../../src/simulator/server/feed.ts';

const event = (id: string, more: object = {}): WhatsAppEvent =>
  ({
    id,
    name: 'message.incoming',
    account: { id: 'shop' },
    interaction: { id: `of ${id}` },
    redelivered: false,
    ...more,
  }) as WhatsAppEvent;

describe('the feed of the simulator', () => {
  let feed: Feed;
  let server: Server;

  beforeEach(async () => {
    feed = createFeed();
    server = createServer((_request, response) => feed.stream(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function connect(): Promise<IncomingMessage> {
    const { port } = server.address() as AddressInfo;
    const [response] = (await once(get({ port, host: '127.0.0.1' }), 'response')) as [
      IncomingMessage,
    ];
    return response.setEncoding('utf8');
  }

  /** The events of a stream until the one of this id. */
  async function until(response: IncomingMessage, last: string): Promise<WhatsAppEvent[]> {
    let text = '';
    for await (const chunk of response.iterator({ destroyOnReturn: false })) {
      text += String(chunk);
      if (text.includes(`id: ${last}\n`) && text.endsWith('\n\n')) break;
    }
    return readFrames(text).data.map((data) => JSON.parse(data));
  }

  it('streams what happens to every page, as server-sent events', async () => {
    const pages = await Promise.all([connect(), connect()]);
    assert.match(pages[0].headers['content-type'] ?? '', /^text\/event-stream/);
    feed.publish(event('1', { message: { text: 'line\nbreak \u2028 and "quotes"' } }));
    for (const page of pages) {
      const [told] = await until(page, '1');
      assert.equal(told?.message?.text, 'line\nbreak \u2028 and "quotes"');
    }
  });

  it('shows a page that comes later what was before, in order and once', async () => {
    feed.publish(event('1'));
    feed.publish(event('2'));
    const page = await connect();
    const before = await until(page, '2');
    feed.publish(event('3'));
    const after = await until(page, '3');
    assert.deepEqual(
      [...before, ...after].map(({ id }) => id),
      ['1', '2', '3'],
    );
  });

  it('remembers a bounded number of events', async () => {
    for (let id = 1; id <= 1000; id += 1) feed.publish(event(String(id)));
    const remembered = await until(await connect(), '1000');
    assert.equal(remembered.length, 200);
    assert.equal(remembered[0]?.id, '801');
  });

  it('knows the account of an interaction that it told of lately, and of no other', () => {
    feed.publish(event('1'));
    assert.equal(feed.accountOf('of 1'), 'shop');
    assert.equal(feed.accountOf('of another'), undefined);
    for (let id = 2; id <= 1000; id += 1) feed.publish(event(String(id)));
    assert.equal(feed.accountOf('of 1'), undefined);
    assert.equal(feed.accountOf('of 1000'), 'shop');
  });

  it("keeps the provider's own object to itself", async () => {
    feed.publish(event('1', { raw: { secret: 'of the provider' } }));
    const [told] = await until(await connect(), '1');
    assert.equal(told?.raw, undefined);
  });

  it('goes on when a page goes away', async () => {
    const gone = await connect();
    const page = await connect();
    gone.destroy();
    for (const id of ['1', '2', '3']) feed.publish(event(id));
    assert.equal((await until(page, '3')).length, 3);
  });
});
