import assert from 'node:assert/strict';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import { Inbox } from '../../../src/inbox/inbox.ts';
import type { InboxOptions } from '../../../src/inbox/options.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { incoming } from '../store/conformance.ts';

describe('the inbox, with a flow that cannot take all at once', () => {
  const folder = useTempFolder();
  const inboxes: Inbox[] = [];
  afterEach(async () => {
    for (const inbox of inboxes.splice(0)) {
      await inbox.stop();
      await inbox.store.close();
    }
  });

  async function open(options: Pick<InboxOptions, 'deliver' | 'room'>, life = 0): Promise<Inbox> {
    const file = join(folder(), String(life), 'store.sqlite');
    const inbox = new Inbox({
      store: await openEmbeddedStore({ file, retentionDays: 30 }),
      offersChanged: () => undefined,
      problem: (error) => assert.fail(error),
      ...options,
    });
    inboxes.push(inbox);
    return inbox;
  }

  it('keeps events in the store while there is no room, and goes on once there is', async () => {
    let room = true;
    const seen: string[] = [];
    const all = Promise.withResolvers<void>();
    const inbox = await open({
      room: () => room,
      deliver: async ({ contact }) => {
        seen.push(contact.phone ?? '');
        if (seen.length === 3) all.resolve();
      },
    });
    inbox.begin();
    await inbox.ingest([incoming('+391')], Date.now());
    while (inbox.behind) await setImmediate();
    room = false;
    await inbox.ingest([incoming('+392')], Date.now());
    await inbox.ingest([incoming('+393')], Date.now());
    inbox.wake();
    for (let turn = 0; turn < 50; turn++) await setImmediate();
    assert.deepEqual(seen, ['+391']);
    assert.equal(inbox.behind, true);
    room = true;
    inbox.wake();
    await all.promise;
    assert.deepEqual(seen, ['+391', '+392', '+393']);
  });

  it('gives it one after the other what was under way at two crashes', async () => {
    const first = await open({ deliver: () => new Promise(() => undefined) });
    first.begin();
    await first.ingest([incoming('+391'), incoming('+392'), incoming('+393')], Date.now());
    while (first.inFlight < 3) await setImmediate();
    await crash(0);
    const second = await open({ deliver: () => new Promise(() => undefined) }, 1);
    second.begin();
    while (second.inFlight < 3) await setImmediate();
    await crash(1);

    let most = 0;
    let now = 0;
    const done = Promise.withResolvers<void>();
    const seen: WhatsAppEvent[] = [];
    const deliver = async (event: WhatsAppEvent): Promise<void> => {
      most = Math.max(most, (now += 1));
      for (let turn = 0; turn < 20; turn++) await setImmediate();
      now -= 1;
      if (seen.push(event) === 3) done.resolve();
    };
    (await open({ deliver }, 2)).begin();
    await done.promise;
    assert.equal(most, 1);
    assert.deepEqual(
      seen.map(({ contact, redelivered }) => [contact.phone, redelivered]),
      ['+391', '+392', '+393'].map((phone) => [phone, true]),
    );
  });

  /** Keeps what the store's files say now for the next life: the process is cut off here. */
  async function crash(life: number): Promise<void> {
    await cp(join(folder(), String(life)), join(folder(), String(life + 1)), { recursive: true });
  }
});
