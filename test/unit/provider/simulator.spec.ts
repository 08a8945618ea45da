import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  buildWebhook,
  type Happening,
  type Webhook,
} from '../../../src/provider/simulator/build.ts';
import { metaJson } from '../../../src/provider/simulator/meta-json.ts';
import { simulator } from '../../../src/provider/simulator/simulator.ts';
import type { ProviderFact } from '../../../src/provider/provider.ts';
import { hostileTexts } from '../../fixtures/hostile.ts';

const webhook: Omit<Webhook, 'happening'> = {
  line: { accountId: '106540352242922', number: '+39 02 1234-5678' },
  customer: { name: "Chiara D'Angelo", phone: '+39 320 000 0101' },
  id: 'wamid.simulated',
  timestamp: Date.UTC(2026, 10, 22, 9) / 1000,
};

function read(happening: Happening, more: Partial<Webhook> = {}): ProviderFact {
  const body = Buffer.from(buildWebhook({ ...webhook, happening, ...more }));
  const { facts, problems } = simulator.parse(
    { method: 'POST', url: '/', headers: {}, body, now: 0 },
    {},
  );
  assert.deepEqual(problems, []);
  const [fact] = facts;
  assert.ok(fact && facts.length === 1);
  return fact;
}

/** What no store and no URL could hold is taken out by the adapter, as for every provider. */
const readable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

describe('the simulated provider', () => {
  it("says what Meta would: the customer's text with name, phone, time and our number's id", () => {
    const fact = read({ kind: 'text', text: "Dov'è il mio ordine? 😀" });
    assert.ok(fact.kind === 'message');
    assert.equal(fact.accountId, '106540352242922');
    assert.equal(fact.at, '2026-11-22T09:00:00.000Z');
    assert.deepEqual(fact.contact, { phone: '+393200000101', name: "Chiara D'Angelo" });
    const { id, verb, type, text } = fact.message;
    assert.deepEqual(
      { id, verb, type, text },
      { id: 'wamid.simulated', verb: 'incoming', type: 'text', text: "Dov'è il mio ordine? 😀" },
    );
  });

  it('marks a dry run, and no customer can by what they write', () => {
    const happening: Happening = { kind: 'text', text: '"id":"simulator: dry run"' };
    assert.equal(read(happening, { dryRun: true }).dryRun, true);
    assert.equal('dryRun' in read(happening), false);
    const status: Happening = { kind: 'status', messageId: 'wamid.1', status: 'read' };
    assert.equal(read(status, { dryRun: true }).dryRun, true);
  });

  it('sends an image with its caption, a location and a pressed button', () => {
    const image = read({ kind: 'image', caption: 'il guasto' });
    assert.ok(image.kind === 'message');
    assert.equal(image.message.media[0]?.mimeType, 'image/jpeg');
    assert.equal(image.message.text, 'il guasto');

    const place = { latitude: 45.46, longitude: 9.19, name: 'Duomo', address: 'Milano' };
    const location = read({ kind: 'location', ...place });
    assert.ok(location.kind === 'message');
    assert.deepEqual(location.message.location, place);

    const button = read({
      kind: 'button',
      title: 'Sì',
      buttonId: 'yes',
      replyTo: 'wamid.question',
    });
    assert.ok(button.kind === 'message');
    const { text, buttonId, replyTo } = button.message;
    assert.deepEqual(
      { text, buttonId, replyTo },
      { text: 'Sì', buttonId: 'yes', replyTo: 'wamid.question' },
    );
  });

  it('tells of a reply from the business phone as an outgoing message to the customer', () => {
    const fact = read({ kind: 'echo', text: 'È partito' });
    assert.ok(fact.kind === 'message');
    assert.equal(fact.message.verb, 'outgoing');
    assert.equal(fact.message.text, 'È partito');
    assert.equal(fact.contact.phone, '+393200000101');
  });

  it('tells what became of a message that we sent, and why one failed', () => {
    const fact = read({ kind: 'status', messageId: 'wamid.reply', status: 'failed' });
    assert.ok(fact.kind === 'delivery');
    assert.equal(fact.messageId, 'wamid.reply');
    assert.equal(fact.delivery.status, 'failed');
    assert.equal(fact.delivery.errorCode, '131026');
  });

  it('gives our own name for a send back, and names somebody without a number by the user id', () => {
    const happening = {
      kind: 'status',
      messageId: 'wamid.reply',
      status: 'read',
      reference: 'our-name',
    } as const;
    const fact = read(happening, { customer: { name: '', phone: '', userId: 'IT.1349' } });
    assert.ok(fact.kind === 'delivery');
    assert.equal(fact.reference, 'our-name');
    assert.deepEqual(fact.contact, { userId: 'IT.1349' });
  });

  it('sends the same bytes for the same message, so that a second time is a duplicate', () => {
    const text: Happening = { kind: 'text', text: 'twice' };
    const once = buildWebhook({ ...webhook, happening: text });
    assert.equal(buildWebhook({ ...webhook, happening: text }), once);
    assert.equal(read(text).dedupeKey, read(text).dedupeKey);
    assert.notEqual(read(text, { id: 'wamid.other' }).dedupeKey, read(text).dedupeKey);
  });

  it('brings every text and name through unchanged, whatever is typed', () => {
    for (const text of hostileTexts) {
      const fact = read(
        { kind: 'text', text },
        { customer: { name: text, phone: '+393200000101' } },
      );
      assert.ok(fact.kind === 'message');
      assert.equal(fact.message.text, readable(text));
      assert.equal(fact.contact.name ?? '', readable(text));
    }
  });
});

describe("Meta's JSON", () => {
  it('is ASCII only, with slashes, "<", "%" and "@" escaped', () => {
    assert.equal(metaJson('à/<%@'), '"\\u00e0\\/\\u003C\\u0025\\u0040"');
    assert.equal(metaJson('😀'), '"\\ud83d\\ude00"');
  });

  it('means the same as any other JSON, for every value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = metaJson(value);
        assert.match(json, /^[\x20-\x7e]*$/);
        assert.deepEqual(JSON.parse(json), JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});
