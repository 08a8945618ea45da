import assert from 'node:assert/strict';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { ServerWord } from '../../src/desktop/protocol.ts';
import {
  channelOf,
  handshake,
  logIn,
  openChannel,
  serveDesktops,
  useAgents,
} from '../support/agent.ts';
import {
  agentsOf,
  credentials,
  desktopFlow,
  onTab,
  passwords,
  registers,
  useDesktopFlow,
} from '../support/desktop-flow.ts';
import { deploy, type FlowNode, node, runtimeApi, useRuntime } from '../support/flow.ts';
import { incomingEvent } from '../fixtures/event.ts';

describe('agent-desktop: the channel', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();

  const start = (more: object = {}, ...others: readonly FlowNode[]) =>
    deploy(registers, desktopFlow({ desktop: more }, ...others), credentials());
  const desktopAt = async (path = 'agents') => `${await serveDesktops()}/${path}`;

  it('tells a page what it needs to begin with', async () => {
    await start();
    const desktop = await desktopAt();
    const { cookie } = await logIn(desktop, 'anna', passwords.anna);
    const { origin } = new URL(desktop);
    const socket = new WebSocket(channelOf(desktop), { origin, headers: { cookie } });
    const words: ServerWord[] = [];
    socket.on('message', (data: Buffer) => words.push(JSON.parse(data.toString())));
    while (words.length < 5) await once(socket, 'message');
    socket.terminate();
    assert.deepEqual(
      words.map(({ type }) => type),
      ['welcome', 'offers', 'interactions', 'missed', 'recent'],
    );
    const { now, statusSince, ...welcome } = words[0] as Extract<ServerWord, { type: 'welcome' }>;
    for (const time of [now, statusSince]) assert.ok(Math.abs(time - Date.now()) < 60_000);
    assert.deepEqual(welcome, {
      type: 'welcome',
      agent: { username: 'anna', name: 'ANNA', role: 'agent' },
      desktop: 'Agents',
      status: 'ready',
      queues: [{ id: 'sales', name: 'Sales' }],
      colleagues: [
        { username: 'bruno', name: 'BRUNO' },
        { username: 'carla', name: 'CARLA' },
        { username: 'dora', name: 'DORA' },
      ],
      frames: [],
    });
  });

  describe('channel', () => {
    it('opens for a logged-in agent on our own page and for nobody else (A5)', async () => {
      await start({ origins: ['https://portal.example.com'] });
      const desktop = await desktopAt();
      const { cookie } = await logIn(desktop, 'anna', passwords.anna);
      const { origin } = new URL(desktop);
      assert.equal(await handshake(desktop, { origin }), 401);
      assert.equal(await handshake(desktop, { origin, cookie: 'agent-desktop=x' }), 401);
      assert.equal(await handshake(desktop, { cookie }), 403);
      assert.equal(await handshake(desktop, { cookie, origin: 'https://evil.example' }), 403);
      assert.equal(await handshake(desktop, { cookie, origin: `${origin}.evil.example` }), 403);
      assert.equal(await handshake(desktop, { cookie, origin }), 101);
      assert.equal(await handshake(desktop, { cookie, origin: 'https://portal.example.com' }), 101);
    });

    it('leaves the upgrades of others alone (A6)', async () => {
      await start();
      const root = await serveDesktops();
      const server = runtimeApi().server;
      const paths: (string | undefined)[] = [];
      const foreign: Parameters<typeof server.on>[1] = (request, socket) => {
        paths.push(request.url);
        socket.end('HTTP/1.1 418 Mine\r\n\r\n');
      };
      const others = ['/', '/other/channel', '/agents', '/agents/channels', '/agents/%63hannel'];
      server.on('upgrade', foreign);
      try {
        for (const path of others) {
          const url = `${root.replace('http', 'ws')}${path}`;
          assert.equal(await handshake(root, {}, url), 418, path);
        }
      } finally {
        server.off('upgrade', foreign);
      }
      assert.deepEqual(paths, others);
    });

    const breaches: readonly [string, string | Buffer, number][] = [
      ['what is not JSON', 'hello', 1008],
      ['an unknown word', '{"type":"shout"}', 1008],
      ['a word that names another agent', '{"type":"claim","pageId":"1","agent":"bruno"}', 1008],
      ['a word of the server', '{"type":"welcome"}', 1008],
      ['a word without its id', '{"type":"accept"}', 1008],
      ['an id that is no text', '{"type":"accept","offerId":{"$gt":""}}', 1008],
      ['a list', '[{"type":"ping"}]', 1008],
      ['null', 'null', 1008],
      ['bytes', Buffer.from('{"type":"ping"}'), 1008],
      ['more than 16 KiB', `"${'x'.repeat(17 * 1024)}"`, 1009],
    ];
    for (const [what, data, code] of breaches) {
      it(`is closed with ${code} for ${what}`, async () => {
        await start();
        const { pages } = await agentsOf('anna');
        pages[0].send(data);
        assert.equal(await pages[0].closed, code);
      });
    }

    it('is closed for a flood of words or of pings (A8)', async () => {
      await start();
      const { pages } = await agentsOf('anna', 'bruno');
      const [anna, bruno] = pages;
      for (let count = 0; count < 60; count += 1) anna.say({ type: 'ping' });
      for (let count = 0; count < 60; count += 1) bruno.socket.ping();
      assert.equal(await anna.closed, 1008);
      assert.equal(await bruno.closed, 1008);
    });

    it('compresses nothing (A8)', async () => {
      await start();
      const { pages } = await agentsOf('anna');
      assert.equal(pages[0].socket.extensions, '');
    });

    it('is there five times for an agent and not a sixth time (A8)', async () => {
      await start();
      const { desktop, pages } = await agentsOf('anna', 'bruno');
      const { cookie } = pages[0];
      const { origin } = new URL(desktop);
      const more = await Promise.all([1, 2, 3, 4].map(() => openChannel(desktop, cookie)));
      const sixth = new WebSocket(channelOf(desktop), { origin, headers: { cookie } });
      assert.equal((await once(sixth, 'close'))[0], 4002);
      await more[0]!.leave();
      await openChannel(desktop, cookie);
    });

    it('shows every page once and misses none, wherever the connection breaks', async () => {
      const popup = onTab({
        id: 'action',
        type: 'browser-popup',
        desktop: 'desktop',
        content: '{{text}}',
        target: 'agents',
        agents: ['anna'],
        repeat: 'stack',
        wires: [['next']],
      });
      await start({}, popup, onTab({ id: 'next', type: 'helper' }));
      const rounds = 40;
      const allWentOn = inputs('next', rounds);
      const { desktop, pages } = await agentsOf('anna');
      const { cookie } = pages[0];
      await pages[0].leave();
      const shown: string[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const page = round % 4 === 0 ? undefined : await openChannel(desktop, cookie);
        node('action').receive({ payload: incomingEvent() });
        if (round % 4 === 2)
          page?.say({ type: 'claim', pageId: (await page.next('page')).page.id });
        if (round % 4 === 3) {
          const { page: told } = await page!.next('page');
          page!.say({ type: 'claim', pageId: told.id });
          const { granted } = await page!.next('claimed');
          if (granted) shown.push(told.id);
        }
        page?.socket.terminate();
      }
      await allWentOn;
      const last = await openChannel(desktop, cookie);
      await last.next('missed');
      last.say({ type: 'ping' });
      await last.next('pong');
      const waiting = last.untaken('page').map(({ page }) => page.id);
      assert.equal(new Set([...shown, ...waiting]).size, shown.length + waiting.length);
      assert.equal(shown.length, rounds / 4);
      // A claim whose answer was lost with the line may count as shown: at most once it is.
      assert.ok(waiting.length >= rounds / 2 && waiting.length <= (rounds * 3) / 4);
    });
  });
});

/** Resolves when a node has received so many messages. */
function inputs(id: string, count: number): Promise<void> {
  let left = count;
  return new Promise((resolve) => {
    node(id).on('input', () => {
      left -= 1;
      if (left === 0) resolve();
    });
  });
}
