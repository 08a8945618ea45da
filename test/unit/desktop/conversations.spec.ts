import assert from 'node:assert/strict';
import type { MessageView } from '../../../src/desktop/interaction-view.ts';
import type { ServerWord } from '../../../src/desktop/protocol.ts';
import type { Connection } from '../../../src/desktop/server/connection.ts';
import { createOpenedConversations } from '../../../src/desktop/server/conversations.ts';
import { createPresence } from '../../../src/desktop/server/presence.ts';

function page(username: string) {
  const heard: ServerWord[] = [];
  const end = Promise.withResolvers<void>();
  const agent = { username, name: username, role: 'agent' } as const;
  const connection = {
    agent,
    closed: end.promise,
    send: (word: ServerWord) => void heard.push(word),
  } as Connection;
  const texts = (): string[] =>
    heard.map((word) => (word.type === 'message' ? word.message.text : word.type));
  return { connection, texts, leave: end.resolve };
}

function message(text: string): MessageView {
  return { id: text, seq: 1, verb: 'incoming', type: 'text', text, at: 0, media: [] };
}

describe('opened conversations', () => {
  const presence = createPresence();
  const arrive = (username: string) => {
    const one = page(username);
    presence.add(one.connection);
    return one;
  };

  it('tell what comes while the answer is being read only after it', () => {
    const opened = createOpenedConversations(presence);
    const anna = arrive('anna');
    const answered = opened.open(anna.connection, 'i-1');
    opened.tell('i-1', message('while'));
    assert.deepEqual(anna.texts(), []);
    answered();
    opened.tell('i-1', message('after'));
    opened.tell('i-2', message('elsewhere'));
    assert.deepEqual(anna.texts(), ['while', 'after']);
  });

  it('tell nothing more to who may not look any more', () => {
    const opened = createOpenedConversations(presence);
    const [anna, carla] = [arrive('anna'), arrive('carla')];
    opened.open(anna.connection, 'i-1')();
    opened.open(carla.connection, 'i-1')();
    opened.keep('i-1', ({ agent }) => agent.username === 'carla');
    opened.tell('i-1', message('secret'));
    assert.deepEqual(anna.texts(), []);
    assert.deepEqual(carla.texts(), ['secret']);
  });

  it('are the last twenty of a page, and none when it is gone', async () => {
    const opened = createOpenedConversations(presence);
    const anna = arrive('anna');
    for (let at = 0; at < 21; at += 1) opened.open(anna.connection, `i-${at}`)();
    opened.tell('i-0', message('forgotten'));
    opened.tell('i-1', message('told'));
    assert.deepEqual(anna.texts(), ['told']);
    anna.leave();
    await anna.connection.closed;
    opened.tell('i-1', message('late'));
    assert.deepEqual(anna.texts(), ['told']);
  });
});
