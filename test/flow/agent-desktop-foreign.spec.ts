import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { PageWord } from '../../src/desktop/protocol.ts';
import { channelOf, handshake, logIn, useAgents } from '../support/agent.ts';
import { accept, offered, settled, supervisor, useWork } from '../support/agents-work.ts';
import { agentsOf, onTab, passwords, useDesktopFlow } from '../support/desktop-flow.ts';
import { node, runtimeApi, useRuntime } from '../support/flow.ts';
import { incomingEvent } from '../fixtures/event.ts';

const secretText = 'La mia carta è 4111 1111 1111 1111';

describe('agent-desktop: what is not an agent’s own', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();
  const { graph, start, write } = useWork();

  /** Everything that a page can say about an interaction that it names. */
  function wordsAbout(interactionId: string): PageWord[] {
    return [
      { type: 'open', interactionId },
      { type: 'older', interactionId, before: 1_000_000 },
      { type: 'history', interactionId },
      { type: 'earlier', interactionId, earlierId: interactionId },
      { type: 'read', interactionId, seq: 1 },
      { type: 'reply', interactionId, draftId: randomUUID(), text: 'Not mine' },
      { type: 'transfer', interactionId, to: { agent: 'carla' } },
      { type: 'transfer', interactionId, to: { queue: 'sales' } },
      { type: 'close', interactionId, reason: 'not mine' },
    ];
  }

  it('is neither read nor changed, by whatever word (A7)', async () => {
    await start();
    const { root, pages } = await agentsOf('anna', 'bruno', 'carla');
    const [anna, bruno, carla] = pages;
    await write(root, secretText);
    const { id } = await accept(anna);
    for (const stranger of [bruno, carla]) {
      const heard: string[] = [];
      stranger.socket.on('message', (data: Buffer) => heard.push(data.toString('utf8')));
      for (const word of wordsAbout(id)) stranger.say(word);
      await settled(stranger);
      assert.doesNotMatch(heard.join('\n'), /4111|Giulia|39333/);
      assert.equal(stranger.socket.readyState, stranger.socket.OPEN);
    }
    anna.say({ type: 'open', interactionId: id });
    const { messages } = await anna.next('conversation');
    assert.deepEqual(
      messages.map(({ text }) => text),
      [secretText],
    );
    assert.deepEqual(anna.untaken('interactionEnded'), []);
    assert.deepEqual(graph().sends, []);
  });

  it('is not taken by its ids: offers and pages of others (A7)', async () => {
    const popup = onTab({
      id: 'action',
      type: 'browser-popup',
      desktop: 'desktop',
      content: '{{text}}',
      target: 'agents',
      agents: ['anna'],
      wires: [[]],
    });
    await start({}, popup);
    const { root, pages } = await agentsOf('anna', 'carla');
    const [anna, carla] = pages;
    await write(root, secretText);
    const [offer] = await offered(anna);
    node('action').receive({ payload: incomingEvent() });
    const { page } = await anna.next('page');
    const heard: string[] = [];
    carla.socket.on('message', (data: Buffer) => heard.push(data.toString('utf8')));
    carla.say({ type: 'accept', offerId: offer!.id });
    carla.say({ type: 'reject', offerId: offer!.id });
    assert.equal((await carla.next('answered')).won, false);
    carla.say({ type: 'claim', pageId: page.id });
    carla.say({ type: 'receipt', pageId: page.id, what: 'dismissed' });
    await settled(carla);
    assert.doesNotMatch(heard.join('\n'), /4111|Giulia|"granted":true/);
    anna.say({ type: 'claim', pageId: page.id });
    assert.equal((await anna.next('claimed')).granted, true);
    anna.say({ type: 'accept', offerId: offer!.id });
    assert.equal((await anna.next('answered')).won, true);
  });

  it('is on the board of supervisors only (A7)', async () => {
    await start({ desktop: { agents: supervisor('bruno') } });
    const { root, pages } = await agentsOf('anna', 'bruno', 'carla');
    const [anna, bruno, carla] = pages;
    await write(root, secretText);
    const { id } = await accept(anna);
    bruno.say({ type: 'watch', on: true });
    carla.say({ type: 'watch', on: true });
    await bruno.next('board');
    bruno.say({ type: 'open', interactionId: id });
    assert.equal((await bruno.next('conversation')).messages[0]?.text, secretText);
    await settled(carla);
    assert.deepEqual(carla.untaken('board'), []);
  });

  it('is not reached by an upgrade that goes around the routes of Express (A6)', async () => {
    await start();
    const { httpNode } = runtimeApi();
    httpNode.use((_request, response) => void response.status(401).end());
    const { desktop, pages } = await agentsOf('anna');
    const { origin } = new URL(desktop);
    assert.equal(await handshake(desktop, { origin }), 401);
    assert.equal(await handshake(desktop, { origin, authorization: 'Basic YTpi' }), 401);
    const query = `${channelOf(desktop)}?cookie=${encodeURIComponent(pages[0].cookie)}`;
    assert.equal(await handshake(desktop, { origin }, query), 401);
    const protocol = { origin, 'sec-websocket-protocol': pages[0].cookie.replace('=', '.') };
    assert.equal(await handshake(desktop, protocol), 401);
    const { cookie } = await logIn(desktop, 'bruno', passwords.bruno);
    assert.equal(await handshake(desktop, { origin, cookie: cookie.toUpperCase() }), 401);
    assert.equal(await handshake(desktop, { origin, cookie }), 101);
  });
});
