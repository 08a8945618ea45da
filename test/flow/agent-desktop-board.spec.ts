import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { openPage, useAgents } from '../support/agent.ts';
import { accept, offered, supervisor, until, useWork } from '../support/agents-work.ts';
import { agentsOf, passwords, registers, useDesktopFlow } from '../support/desktop-flow.ts';
import { deploy, useRuntime } from '../support/flow.ts';

describe('agent-desktop: who sees what', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();
  const { flow, secrets, start, write } = useWork();

  it('keeps interactions of another agent out of reach, whatever is asked', async () => {
    await start();
    const { root, pages } = await agentsOf('anna', 'bruno');
    const [anna, bruno] = pages;
    await write(root);
    const { id } = await accept(anna);
    for (const interactionId of [id, randomUUID()]) {
      bruno.say({ type: 'open', interactionId });
      bruno.say({ type: 'older', interactionId, before: 100 });
      bruno.say({ type: 'read', interactionId, seq: 100 });
      bruno.say({ type: 'close', interactionId, reason: 'x' });
      bruno.say({ type: 'transfer', interactionId, to: { agent: 'bruno' } });
      for (const _ of 'orcxt') assert.equal((await bruno.next('refused')).reason, 'gone');
    }
    bruno.say({ type: 'watch', on: true });
    assert.equal((await bruno.next('refused')).reason, 'notAllowed');
    assert.deepEqual([...bruno.untaken('conversation'), ...bruno.untaken('board')], []);
    anna.say({ type: 'open', interactionId: id });
    assert.equal((await anna.next('conversation')).messages.length, 1);
  });

  it('keeps those of another desktop out of reach of an agent of the same name', async () => {
    const agents = [{ username: 'anna', name: 'Another Anna', role: 'supervisor' }];
    const other = { id: 'other', type: 'agent-desktop', path: 'others', agents, store: 'store' };
    const { desktop: own } = secrets() as Record<string, Record<string, string>>;
    await deploy(registers, flow()(other), { ...secrets(), other: { ...own } });
    const { root, pages } = await agentsOf('anna');
    const [anna] = pages;
    const stranger = await openPage(`${root}/others`, 'anna', passwords.anna);
    await write(root);
    const [offer] = await offered(anna);
    stranger.say({ type: 'accept', offerId: offer!.id });
    assert.equal((await stranger.next('answered')).won, false);
    anna.say({ type: 'accept', offerId: offer!.id });
    const { id } = (await anna.next('interaction')).interaction;
    stranger.say({ type: 'open', interactionId: id });
    assert.equal((await stranger.next('refused')).reason, 'gone');
    stranger.say({ type: 'reply', interactionId: id, draftId: randomUUID(), text: 'Ciao' });
    assert.equal((await stranger.next('replied')).reason, 'gone');
    stranger.say({ type: 'watch', on: true });
    const { board } = await stranger.next('board');
    assert.deepEqual([board.interactions, board.waiting], [[], []]);
    assert.deepEqual((await stranger.next('interactions')).interactions, []);
  });

  describe('a supervisor', () => {
    const desktop = { agents: supervisor('carla') };

    it('sees who is there, what waits and who has what', async () => {
      await start({ desktop });
      const { root, desktop: at, pages } = await agentsOf('anna', 'carla');
      const [anna, carla] = pages;
      carla.say({ type: 'watch', on: true });
      const { board } = await carla.next('board');
      assert.deepEqual(
        board.agents.map(({ username, connected, status }) => [username, connected, status]),
        [
          ['anna', true, 'ready'],
          ['bruno', false, 'paused'],
          ['carla', true, 'ready'],
          ['dora', false, 'paused'],
        ],
      );
      await write(root);
      const waits = await until(carla, 'board', (word) => word.board.waiting.length === 1);
      assert.equal(waits.board.waiting[0]?.contact, 'Giulia Müller 🌻');
      assert.equal(waits.board.waiting[0]?.queue, 'Sales');
      await accept(anna);
      const taken = await until(carla, 'board', (word) => word.board.waiting.length === 0);
      assert.equal(taken.board.agents[0]?.interactions, 1);
      assert.equal(taken.board.interactions[0]?.agent?.username, 'anna');
      const bruno = await openPage(at, 'bruno', passwords.bruno);
      await until(carla, 'board', (word) => word.board.agents[1]?.connected === true);
      bruno.say({ type: 'status', status: 'paused' });
      await until(carla, 'board', (word) => word.board.agents[1]?.status === 'paused');
    });

    it('reads along without reading in the agent’s place, and reassigns', async () => {
      await start({ desktop });
      const { root, pages } = await agentsOf('anna', 'bruno', 'carla');
      const [anna, bruno, carla] = pages;
      await write(root);
      const { id } = await accept(anna);
      carla.say({ type: 'open', interactionId: id });
      const { messages } = await carla.next('conversation');
      carla.say({ type: 'read', interactionId: id, seq: messages[0]!.seq });
      await write(root, 'Hello?');
      assert.equal((await carla.next('message')).message.text, 'Hello?');
      const { interaction } = await until(anna, 'interaction', (word) => {
        return word.interaction.lastText === 'Hello?';
      });
      assert.equal(interaction.unread, 2);
      carla.say({ type: 'transfer', interactionId: id, to: { agent: 'bruno' } });
      assert.equal((await bruno.next('interaction')).interaction.id, id);
      assert.equal((await anna.next('interactionEnded')).by, 'CARLA');
    });
  });
});
