import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { mock } from 'node:test';
import { promisify } from 'node:util';
import { WebSocket } from 'ws';
import { type Channel, createChannel } from '../../../src/desktop/server/channel.ts';
import type { Connection } from '../../../src/desktop/server/connection.ts';
import { createDoor } from '../../../src/desktop/server/door.ts';
import { createPresence } from '../../../src/desktop/server/presence.ts';
import { createSessions } from '../../../src/desktop/server/sessions.ts';
import { listen, useAgents } from '../../support/agent.ts';

const heartbeat = 30_000;
const agent = { username: 'anna', name: 'Anna', role: 'agent' } as const;

describe('channel', () => {
  useAgents();
  let channel: Channel;
  let now: number;
  let server: Server;
  let address: string;
  let cookie: string;
  let sessionId: string;
  const sessions = createSessions();
  const grounds = { way: 'password', proof: 'hash' } as const;
  const presence = createPresence();

  beforeEach(async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    now = Date.UTC(2026, 10, 22);
    sessionId = sessions.start('anna', grounds, now);
    cookie = `agent-desktop=${sessionId}`;
    const signOn = { kind: 'none' } as const;
    channel = createChannel({
      door: createDoor({
        fullPath: '/agents',
        agents: [agent],
        sessions,
        signOn,
        clock: () => now,
      }),
      origins: ['http://page.example'],
      sessions,
      presence,
      clock: () => now,
      opened: () => undefined,
      heard: () => undefined,
    });
    server = createServer();
    server.on('upgrade', (message, socket, head) => {
      const visit = { message, secure: false, address: '127.0.0.1', proxied: false };
      channel.upgrade(visit, socket, head).catch(() => socket.destroy());
    });
    address = (await listen(server)).replace('http', 'ws');
  });
  afterEach(async () => {
    await channel.close();
    mock.timers.reset();
  });

  async function open(options = {}): Promise<{ socket: WebSocket; connection: Connection }> {
    const origin = 'http://page.example';
    const socket = new WebSocket(address, { origin, headers: { cookie }, ...options });
    await once(socket, 'open');
    return { socket, connection: presence.all().at(-1)! };
  }

  it('keeps a page that answers the heartbeat and cuts one that does not', async () => {
    const alive = await open();
    const dead = await open({ autoPong: false });
    const beat = async (): Promise<void> => {
      const pinged = once(alive.socket, 'ping');
      mock.timers.tick(heartbeat);
      await pinged;
    };
    await beat();
    alive.socket.ping();
    await once(alive.socket, 'pong');
    mock.timers.tick(heartbeat);
    await dead.connection.closed;
    assert.deepEqual(presence.all(), [alive.connection]);
    alive.socket.terminate();
    await alive.connection.closed;
    assert.deepEqual(presence.usernames(), []);
  });

  it('closes within five seconds of the end of a session that runs out (A2)', async () => {
    const { socket } = await open();
    now += 12 * 3_600_000;
    mock.timers.tick(heartbeat);
    await once(socket, 'ping');
    now += 1;
    mock.timers.tick(5_000);
    const [code] = await once(socket, 'close');
    assert.equal(code, 4001);
  });

  const keyNow = () => sessions.find(sessionId, now)!.key;
  const ends: readonly [string, () => void, number?][] = [
    ['is ended by its agent', () => sessions.end(keyNow(), 'left'), 4003],
    ['gives way to that of another agent', () => sessions.end(keyNow())],
    ['rests on a password that was changed', () => sessions.keep(() => [])],
    [
      'is the oldest of too many',
      () => {
        for (let count = 0; count < 20; count += 1) sessions.start('anna', grounds, now);
      },
    ],
  ];
  for (const [what, end, code = 4001] of ends) {
    it(`closes at once when its session ${what} (A2)`, async () => {
      const { socket } = await open();
      const closed = once(socket, 'close');
      end();
      assert.equal((await closed)[0], code);
    });
  }

  it('closes for a message in crumbs, or for one too big in pieces (A8)', async () => {
    const crumbs = await open();
    for (let count = 0; count < 40; count += 1) crumbs.socket.send('x', { fin: false });
    assert.equal((await once(crumbs.socket, 'close'))[0], 1008);
    const pieces = await open();
    for (let count = 0; count < 9; count += 1) {
      pieces.socket.send('x'.repeat(2048), { fin: false });
    }
    assert.equal((await once(pieces.socket, 'close'))[0], 1009);
  });

  it('closes for pongs that nobody asked for (A8)', async () => {
    const { socket } = await open();
    for (let count = 0; count < 60; count += 1) socket.pong();
    assert.equal((await once(socket, 'close'))[0], 1008);
  });

  it('leaves no socket of whoever is refused, though they never close theirs (A8)', async () => {
    const { hostname, port } = new URL(address);
    const sockets = Array.from({ length: 200 }, () => {
      const socket = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
      socket.write(
        'GET /agents/channel HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n' +
          'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n',
      );
      socket.on('error', () => undefined);
      socket.resume();
      return socket;
    });
    await Promise.all(sockets.map((socket) => once(socket, 'end')));
    const connections = promisify(server.getConnections.bind(server));
    while ((await connections()) > 0) await new Promise((resolve) => setImmediate(resolve));
    for (const socket of sockets) socket.destroy();
    assert.deepEqual(presence.all(), []);
  });

  it('cuts a page that reads slower than a megabyte behind (A8)', async () => {
    const { socket, connection } = await open();
    socket.pause();
    const html = 'x'.repeat(200_000);
    const content = { kind: 'popup', title: '', html } as const;
    const page = {
      id: '1',
      key: '1',
      repeat: 'stack',
      subject: '',
      content,
      createdAt: 0,
    } as const;
    while (presence.has(connection)) {
      connection.send({ type: 'page', page });
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.terminate();
  });

  it('tells a page that it is one too many, and lets it in when another one has gone (A8)', async () => {
    const first = await open();
    await Promise.all([2, 3, 4, 5].map(() => open()));
    const origin = 'http://page.example';
    const sixth = new WebSocket(address, { origin, headers: { cookie } });
    assert.equal((await once(sixth, 'close'))[0], 4002);
    assert.equal(presence.all().length, 5);
    first.socket.close();
    await first.connection.closed;
    await open();
    assert.equal(presence.all().length, 5);
    await channel.close();
  });

  it('asks its pages to come again when it closes, and lets nobody in any more', async () => {
    const { socket } = await open();
    const closed = once(socket, 'close');
    await channel.close();
    assert.equal((await closed)[0], 1012);
    const late = new WebSocket(address, { origin: 'http://page.example', headers: { cookie } });
    const [error] = await once(late, 'error');
    assert.match(error.message, /503/);
  });
});
