import assert from 'node:assert/strict';
import fc from 'fast-check';
import { longestReason, longestReply, type PageWord } from '../../../src/desktop/protocol.ts';
import { parsePageWord } from '../../../src/desktop/server/words.ts';

const draftId = 'b7f2c1de-3c1e-4f43-9d4c-1a2b3c4d5e6f';
const interactionId = 'i-1';

const known: readonly PageWord[] = [
  { type: 'accept', offerId: 'o-1' },
  { type: 'reject', offerId: 'o-1' },
  { type: 'claim', pageId: 'p-1' },
  { type: 'claim', pageId: 'p-1', window: 'w-1' },
  { type: 'open', interactionId },
  { type: 'older', interactionId, before: 7 },
  { type: 'read', interactionId, seq: 0 },
  { type: 'reply', interactionId, draftId, text: 'Ciao 🌻' },
  { type: 'reply', interactionId, draftId, text: 'x'.repeat(longestReply) },
  { type: 'close', interactionId, reason: '' },
  { type: 'transfer', interactionId, to: { agent: 'anna' } },
  { type: 'transfer', interactionId, to: { queue: 'sales' } },
  { type: 'status', status: 'paused' },
  { type: 'receipt', pageId: 'p-1', what: 'blocked' },
  { type: 'watch', on: true },
  { type: 'ping' },
];

const strange: readonly (readonly [string, object])[] = [
  ['who the agent is', { type: 'open', interactionId, agent: 'bruno' }],
  ['two targets at once', { type: 'transfer', interactionId, to: { agent: 'a', queue: 'q' } }],
  ['no target', { type: 'transfer', interactionId, to: {} }],
  ['a target that says more', { type: 'transfer', interactionId, to: { agent: 'a', by: 'b' } }],
  ['an empty reply', { type: 'reply', interactionId, draftId, text: ' \n' }],
  ['a reply that is too long', reply('x'.repeat(longestReply + 1))],
  ['a draft that is no UUID', { type: 'reply', interactionId, draftId: 'draft', text: 'Ciao' }],
  ['a reason that is too long', close('x'.repeat(longestReason + 1))],
  ['a place that is no number', { type: 'older', interactionId, before: '7' }],
  ['a place before the first', { type: 'read', interactionId, seq: -1 }],
  ['half a place', { type: 'read', interactionId, seq: 0.5 }],
  ['a status of its own', { type: 'status', status: 'lunch' }],
  ['a receipt that is the server’s', { type: 'receipt', pageId: 'p-1', what: 'expired' }],
  ['a name of a prototype', { type: '__proto__' }],
];

describe('words of a page', () => {
  for (const word of known) {
    const text = JSON.stringify(word);
    it(`know ${text.slice(0, 80)}`, () => assert.deepEqual(parsePageWord(text), word));
  }

  for (const [what, word] of strange) {
    it(`refuse ${what}`, () => assert.equal(parsePageWord(JSON.stringify(word)), undefined));
  }

  it('are nothing but these, whatever is sent', () => {
    const shapes = new Set(known.map(shapeOf));
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('x'.repeat(200), 'anna', draftId, 'paused', 'opened', 'tab', true, 3),
      fc.record({ agent: fc.string(), queue: fc.string() }, { requiredKeys: [] }),
      fc.jsonValue(),
    );
    const type = fc.constantFrom(...known.map((word) => word.type), 'pong', 'welcome');
    const keys = [...new Set(known.flatMap((word) => Object.keys(word))), 'agent', '__proto__'];
    const rest = fc.dictionary(fc.constantFrom(...keys.filter((key) => key !== 'type')), value);
    const near = fc.tuple(type, rest).map(([name, fields]) => ({ type: name, ...fields }));
    const text = fc.oneof(
      near.map((word) => JSON.stringify(word)),
      fc.json(),
      fc.string(),
    );
    fc.assert(
      fc.property(text, (sent) => {
        const word = parsePageWord(sent);
        if (!word) return;
        assert.ok(shapes.has(shapeOf(word)), sent);
        const { offerId = 'x', pageId = 'x', interactionId: id = 'x' } = word as Ids;
        for (const one of [offerId, pageId, id]) assert.ok(one.length >= 1 && one.length <= 128);
      }),
      { numRuns: 2000 },
    );
  });
});

type Ids = { readonly offerId?: string; readonly pageId?: string; readonly interactionId?: string };

function shapeOf(word: object): string {
  const { type, to = {} } = word as { type: string; to?: object };
  return [type, ...Object.keys(word).sort(), ...Object.keys(to)].join();
}

function reply(text: string): object {
  return { type: 'reply', interactionId, draftId, text };
}

function close(reason: string): object {
  return { type: 'close', interactionId, reason };
}
