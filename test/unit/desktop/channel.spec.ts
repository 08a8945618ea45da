import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { mock } from 'node:test';
import { WebSocket } from 'ws';
import { type Channel, createChannel } from '../../../src/desktop/server/channel.ts';
import type { Connection } from '../../../src/desktop/server/connection.ts';
import { createPresence } from '../../../src/desktop/server/presence.ts';
import { createSessions } from '../../../src/desktop/server/sessions.ts';
import { listen, useAgents } from '../../support/agent.ts';

const heartbeat = 30_000;
const agent = { username: 'anna', name: 'Anna', role: 'agent' } as const;

describe('channel', () => {
  useAgents();
  let channel: Channel;
  let now: number;
  let address: string;
  let cookie: string;
  const sessions = createSessions();
  const presence = createPresence();

  beforeEach(async () => {
    mock.timers.enable({ apis: ['setInterval'] });
    now = Date.UTC(2026, 10, 22);
    cookie = `agent-desktop=${sessions.start('anna', 'hash', now)}`;
    channel = createChannel({
      agents: [agent],
      origins: ['http://page.example'],
      sessions,
      presence,
      now: () => now,
      opened: () => undefined,
      heard: () => undefined,
    });
    const server = createServer();
    server.on('upgrade', (message, socket, head) => {
      channel.upgrade(message, socket, head, false).catch(() => socket.destroy());
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

  it('closes with the end of its session', async () => {
    const { socket } = await open();
    now += 11 * 3_600_000;
    mock.timers.tick(heartbeat);
    await once(socket, 'ping');
    now += 2 * 3_600_000;
    mock.timers.tick(heartbeat);
    const [code] = await once(socket, 'close');
    assert.equal(code, 4001);
  });

  it('cuts a page that reads slower than a megabyte behind', async () => {
    const { socket, connection } = await open();
    socket.pause();
    const html = 'x'.repeat(200_000);
    const content = { kind: 'popup', title: '', html } as const;
    const page = { id: '1', key: '1', repeat: 'stack', content, createdAt: 0 } as const;
    while (presence.has(connection)) {
      connection.send({ type: 'page', page });
      await new Promise((resolve) => setImmediate(resolve));
    }
    socket.terminate();
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
