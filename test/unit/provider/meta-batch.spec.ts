import assert from 'node:assert/strict';
import * as meta from '../../fixtures/meta.ts';
import { changeOf } from '../../fixtures/meta-kinds.ts';
import { parseMeta } from '../../support/meta-request.ts';

/** A thousand updates as Meta batches them: two messages to one status, each with its contact. */
function batch(): Buffer {
  const people = Array.from({ length: 100 }, (_, i) => ({
    waId: `3933300${String(i).padStart(5, '0')}`,
    userId: `IT.1349120865530274${i}`,
    name: `Cliente ${i} 🌻`,
  }));
  const who = (i: number): meta.Person => people[i % people.length]!;
  const messages = Array.from({ length: 667 }, (_, i) =>
    meta.message(meta.text(`È arrivato il pacco nº ${i}? https://example.com/a?b=${i}`), who(i)),
  );
  const statuses = Array.from({ length: 333 }, (_, i) => ({
    ...meta.status(meta.wamid(), 'delivered', { person: who(i) }),
    conversation: { id: 'd', origin: { type: 'service' } },
    pricing: { billable: true, pricing_model: 'PMP', type: 'regular', category: 'service' },
  }));
  return meta.webhook([meta.change({ people, messages, statuses })]);
}

describe('a batch of a thousand updates of Meta', () => {
  const body = batch();

  it('is read whole', () => {
    const { facts, problems } = parseMeta(body);
    assert.deepEqual(problems, []);
    assert.equal(facts.length, 1000);
    assert.equal(new Set(facts.map(({ dedupeKey }) => dedupeKey)).size, 1000);
    assert.ok(facts.every(({ contact }) => contact.name?.startsWith('Cliente')));
  });
});

describe('a history of Meta as large as a request may be', () => {
  it('is noticed and not put aside', () => {
    const messages = Array.from({ length: 14_000 }, (_, i) => ({
      ...meta.message(meta.text(`ok ${i}`), { waId: '393331234567' }, `wamid.HBgLMTY1MDM4Nzk${i}`),
      history_context: { status: 'READ' },
    }));
    const history = [{ metadata: { progress: 100 }, threads: [{ id: '393331234567', messages }] }];
    const body = meta.webhook([changeOf('history', { history }, meta.phoneNumberId)]);
    assert.ok(body.length > 2_000_000);
    const { facts, problems, notices } = parseMeta(body);
    assert.deepEqual({ facts, problems }, { facts: [], problems: [] });
    assert.match(notices[0]?.text ?? '', /14000 messages \(100 % of it sent\)/);
  });
});
