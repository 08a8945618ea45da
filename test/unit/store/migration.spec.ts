import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { checksum } from '../../../src/store/embedded/checksum.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { applicationId, migrations } from '../../../src/store/embedded/schema.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { incoming, noon, policy } from './conformance.ts';

const ada = { id: 'c1', phone: '+391', userId: 'IT.1', name: 'Zoë' };
const event = {
  id: 'e1',
  name: 'message.incoming',
  at: '2026-11-22T12:00:00.000Z',
  receivedAt: '2026-11-22T12:00:00.000Z',
  account: policy.account,
  interaction: { id: 'i1', state: 'open', openedAt: '2026-11-22T12:00:00.000Z' },
  contact: ada,
  redelivered: false,
};

const message = { id: 'm1', verb: 'incoming', type: 'text', text: 'ciao', media: [] };
const offered = JSON.stringify({ ...event, message });

describe('a store that an older version wrote', () => {
  const folder = useTempFolder();
  const file = () => join(folder(), 'store.sqlite');

  type Put = (text: string, ...values: (string | number | null)[]) => void;

  function writeAs(version: number, fill: (put: Put) => void): void {
    const database = new DatabaseSync(file());
    database.exec(`PRAGMA journal_mode = WAL; PRAGMA application_id = ${applicationId}`);
    migrations.slice(0, version).forEach((step) => database.exec(step));
    fill((text, ...values) => database.prepare(text).run(...values));
    database.exec(`PRAGMA user_version = ${version}`);
    database.close();
  }

  /** As version 2 left it: an open interaction, one that never was, and an event to do. */
  const write = () =>
    writeAs(2, (put) => {
      const body = JSON.stringify(event);
      put('INSERT INTO contacts VALUES (?, ?, ?)', 'c1', 'a1', JSON.stringify(ada));
      put("INSERT INTO aliases VALUES ('a1', '+391', 'c1'), ('a1', 'IT.1', 'c1')");
      const interaction = `INSERT INTO interactions (id, account, contact, open, opened_at, last_at)
      VALUES (?, 'a1', 'c1', ?, ?, ?)`;
      put(interaction, 'i0', 0, noon - 1, noon - 1);
      put(interaction, 'i1', 1, noon, noon);
      put(
        "INSERT INTO events (body, handed, account, bytes, crc) VALUES (?, 0, 'a1', ?, ?)",
        body,
        Buffer.byteLength(body),
        checksum('a1', body),
      );
    });
  const open = () => openEmbeddedStore({ file: file(), retentionDays: 30 });

  it('goes on with its events, its contacts by each of their ids, and their interactions', async () => {
    write();
    const store = await open();
    assert.deepEqual(
      (await store.take(0, 10)).map(({ event: { id } }) => id),
      ['e1'],
    );
    const facts = [incoming('', { contact: { userId: 'IT.1' } }), incoming('+391')];
    const { events } = await store.ingest({ facts, receivedAt: noon + 1_000 }, true);
    for (const { event: told } of events) {
      assert.equal(told.contact.id, 'c1');
      assert.equal(told.interaction.id, 'i1');
      assert.equal(told.interaction.change, undefined);
    }
    await store.setPolicy(policy);
    await store.close();
    const again = await open();
    const { events: closed } = await again.sweep(noon + 90 * 60_000, true);
    assert.deepEqual(
      closed.map(({ event: { interaction } }) => interaction.id),
      ['i1'],
    );
    await again.close();
  });

  it('lets an offer stand that stood, and keeps what is said from now on', async () => {
    writeAs(3, (put) => {
      put(
        'INSERT INTO contacts (id, account, body) VALUES (?, ?, ?)',
        'c1',
        'a1',
        JSON.stringify(ada),
      );
      put("INSERT INTO aliases VALUES ('a1', '+391', 'c1')");
      put(
        `INSERT INTO interactions (id, account, contact, open, opened_at, last_at, queue, queue_name)
         VALUES ('i1', 'a1', 'c1', 1, ?1, ?1, 'q1', 'Sales & Co')`,
        noon,
      );
      put("INSERT INTO offers VALUES ('o1', 'i1', 'q1', ?, ?, ?, '[]')", offered, noon, noon + 1);
    });
    const store = await open();
    const { events, conversations } = await store.ingest(
      { facts: [incoming('+391')], receivedAt: noon },
      true,
    );
    assert.equal(events[0]?.event.interaction.id, 'i1');
    assert.equal(conversations?.[0]?.said?.message.id, events[0].event.message?.id);
    const [offer, ...more] = await store.offers(['q1']);
    assert.deepEqual([offer?.id, offer?.expiresAt, more], ['o1', noon + 1, []]);
    const { unread, last } = (await store.openInteraction('i1')) ?? {};
    assert.deepEqual([unread, last?.id], [1, events[0].event.message?.id]);
    const swept = await store.sweep(noon + 1, true);
    assert.equal(swept.events[0]?.event.message?.reason, 'timeout');
    await store.close();
  });

  it('grants no page again that was shown, and still those that wait', async () => {
    const content = JSON.stringify({ kind: 'popup', title: 'Zoë', html: '' });
    writeAs(4, (put) => {
      for (const [id, agent, state] of [
        ['p1', 'ada', 'waiting'],
        ['p2', 'ada', 'shown'],
        ['p3', 'ada', 'missed'],
        ['p4', 'ada', 'withdrawn'],
        ['p5', 'bob', 'waiting'],
      ] as const) {
        put(
          `INSERT INTO pages (id, desktop, agent, key, repeat, interaction, content, created_at,
             expires_at, state) VALUES (?, 'd1', ?, 'k', 'once', 'i1', ?, ?, ?, ?)`,
          id,
          agent,
          content,
          noon,
          noon + 1_000,
          state,
        );
      }
    });
    const store = await open();
    const ids = (pages: readonly { id: string }[]) => pages.map(({ id }) => id);
    assert.deepEqual(ids(await store.pagesWaiting('d1', 'ada', noon)), ['p1']);
    assert.deepEqual(ids(await store.pagesShown('d1', 'ada', 10)), ['p2']);
    assert.deepEqual(ids(await store.pagesMissed('d1', 'ada', 10)), ['p3']);
    const claims = ['p1', 'p2', 'p3', 'p4', 'p5'].map((pageId) => ({ pageId, agent: 'ada' }));
    assert.deepEqual(await store.claimPages(claims, noon), [true, false, false, false, false]);
    const { pagesExpired } = await store.sweep(noon + 1_000, true);
    assert.deepEqual(
      pagesExpired?.map(({ id, agent, title }) => [id, agent, title]),
      [['p5', 'bob', 'Zoë']],
    );
    await store.close();
  });

  it('knows nothing of when a contact wrote before: the provider decides then', async () => {
    write();
    const store = await open();
    assert.deepEqual(await store.contactWindow('a1', { userId: 'IT.1' }), {});
    await store.close();
  });
});
