import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { ServerWord } from '../../../src/desktop/protocol.ts';
import type { Connection } from '../../../src/desktop/server/connection.ts';
import { createPresence } from '../../../src/desktop/server/presence.ts';
import { createReplyDesk, type Reply } from '../../../src/desktop/server/reply-desk.ts';
import { TriggerError } from '../../../src/errors.ts';
import type { OpenInteraction } from '../../../src/store/conversations.ts';

const open: OpenInteraction = {
  id: 'i-1',
  account: { id: 'shop', name: 'Shop', key: 'SHOP', provider: 'meta', number: '+3902' },
  contact: { id: 'c', phone: '+393331234567' },
  openedAt: 0,
  lastAt: 0,
  unread: 0,
};

function page(): Connection & { readonly heard: ServerWord[] } {
  const heard: ServerWord[] = [];
  const agent = { username: 'anna', name: 'Anna', role: 'agent' } as const;
  const closed = new Promise<void>(() => undefined);
  const none = (): void => undefined;
  return {
    agent,
    sessionKey: 's',
    origin: 'https://agents.example',
    told: new Map(),
    send: (word) => void heard.push(word),
    sendFrame: none,
    beat: none,
    close: none,
    cut: none,
    closed,
    heard,
  };
}

function word(draftId: string = randomUUID()) {
  return { type: 'reply', interactionId: 'i-1', draftId, text: 'Ciao' } as const;
}

describe('reply desk', () => {
  function desk(
    send: (reply: Reply) => Promise<void>,
    interaction: OpenInteraction | undefined = open,
  ) {
    const presence = createPresence();
    const anna = page();
    presence.add(anna);
    const admitted = async () => interaction;
    return { presence, anna, replies: createReplyDesk({ admitted, presence, send }) };
  }

  it('tells the page that is there when the message has gone out', async () => {
    const sent = Promise.withResolvers<void>();
    const { presence, anna, replies } = desk(() => sent.promise);
    const draftId = randomUUID();
    const replied = replies.reply(anna, word(draftId));
    presence.remove(anna);
    const next = page();
    presence.add(next);
    sent.resolve();
    await replied;
    assert.deepEqual(next.heard, [{ type: 'replied', draftId, ok: true }]);
    assert.deepEqual(anna.heard, []);
  });

  it('gives a draft the same id however often it is sent, and another agent’s another', async () => {
    const ids: string[] = [];
    const { anna, replies } = desk(async ({ id }) => void ids.push(id));
    const draftId = randomUUID();
    await replies.reply(anna, word(draftId));
    await replies.reply(anna, word(draftId));
    const bruno = { ...anna, agent: { ...anna.agent, username: 'bruno' } };
    await replies.reply(bruno, word(draftId));
    assert.equal(ids[0], ids[1]);
    assert.notEqual(ids[0], ids[2]);
  });

  it('takes no more while many are on their way', async () => {
    const sent = Promise.withResolvers<void>();
    const { anna, replies } = desk(() => sent.promise);
    const all = Array.from({ length: 21 }, () => replies.reply(anna, word()));
    await all.at(-1);
    const [refused] = anna.heard;
    assert.ok(refused?.type === 'replied' && refused.reason === 'busy');
    sent.resolve();
    await Promise.all(all);
    await replies.reply(anna, word());
    assert.equal(anna.heard.filter((heard) => heard.type === 'replied' && heard.ok).length, 21);
  });

  const refusals: readonly [string, TriggerError, string][] = [
    [
      'the day after the contact’s last message is over',
      new TriggerError('E_SEND', 'Too late.', { details: { code: '131047' } }),
      'window',
    ],
    ['the account is gone', new TriggerError('E_CONFIG', 'No account.'), 'cannotSend'],
    ['the provider refuses', new TriggerError('E_SEND', 'No. (131026)'), 'failed'],
  ];
  for (const [what, error, reason] of refusals) {
    it(`says "${reason}" when ${what}`, async () => {
      const { anna, replies } = desk(() => Promise.reject(error));
      await replies.reply(anna, word());
      const [heard] = anna.heard;
      assert.ok(heard?.type === 'replied');
      assert.equal(heard.ok, false);
      assert.equal(heard.reason, reason);
    });
  }

  it('sends nothing to a contact for what was written in a group', async () => {
    const { anna, replies } = desk(() => assert.fail(), { ...open, group: 'g-1' });
    await replies.reply(anna, word());
    const [heard] = anna.heard;
    assert.ok(heard?.type === 'replied' && heard.reason === 'cannotSend');
  });
});
