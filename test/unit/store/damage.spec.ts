import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { WhatsAppEvent } from '../../../src/event/event.ts';
import type { TriggerStore } from '../../../src/store/contract.ts';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.ts';
import { useTempFolder } from '../../support/temp-folder.ts';
import { incoming, noon } from './conformance.ts';
import { type Damage, damages, type Files } from './damages.ts';

const everything = Number.MAX_SAFE_INTEGER;

describe('a store whose files were damaged', () => {
  const folder = useTempFolder();
  const file = () => join(folder(), 'store.sqlite');
  const open = () => openEmbeddedStore({ file: file(), retentionDays: 30 });
  const paths = () => ({ main: file(), log: `${file()}-wal`, mark: `${file()}-mark` });

  function read(): Files {
    const bytes = (path: string) => (existsSync(path) ? readFileSync(path) : undefined);
    const { main, log, mark } = paths();
    return { main: bytes(main), log: bytes(log), mark: bytes(mark) };
  }
  function write(files: Files): void {
    rmSync(`${file()}-shm`, { force: true });
    for (const [part, path] of Object.entries(paths())) {
      const bytes = files[part as keyof Files];
      if (bytes) writeFileSync(path, bytes);
      else rmSync(path, { force: true });
    }
  }
  const copyOf = ({ main, log, mark }: Files): Files => ({
    main: main && Buffer.from(main),
    log: log && Buffer.from(log),
    mark: mark && Buffer.from(mark),
  });

  /** Ingests and finishes so much that the log was written back and started anew in between. */
  async function work(store: TriggerStore): Promise<Map<number, WhatsAppEvent>> {
    const kept = new Map<number, WhatsAppEvent>();
    for (let round = 0; round < 12; round += 1) {
      const facts = Array.from({ length: 60 }, (_, n) => incoming(`+39${round}${n}`));
      const { events } = await store.ingest({ facts, receivedAt: noon }, true);
      await store.finish(events.slice(0, 30).map(({ seq }) => seq));
      events.slice(30).forEach(({ seq, event }) => kept.set(seq, event));
    }
    return kept;
  }

  interface Base {
    readonly files: Files;
    readonly older: Files;
    readonly events: ReadonlyMap<number, WhatsAppEvent>;
  }

  /** What a process leaves that was killed while it held the files. */
  async function killed(): Promise<Base> {
    const store = await open();
    const before = await work(store);
    const older = read();
    const events = new Map([...before, ...(await work(store))]);
    const files = read();
    await store.close();
    return { files, older, events };
  }

  async function closed(): Promise<Base> {
    const base = await killed();
    return { ...base, files: read() };
  }

  const plain = (event: WhatsAppEvent) => ({ ...event, redelivered: false });

  /** Refused with every file as it was, or all there. */
  async function endure(
    { files, older, events }: Base,
    damage: Damage,
  ): Promise<'refused' | 'whole'> {
    const harmed = copyOf(files);
    damage.do(harmed, copyOf(older));
    write(harmed);
    const store = await open().catch((error: unknown) => error as Error & { code?: string });
    if (store instanceof Error) {
      assert.equal(store.code, 'E_STORE', damage.name);
      const after = read();
      if (!harmed.log && after.log?.length === 0) after.log = undefined;
      assert.deepEqual(after, harmed, `${damage.name}: the files are not what they were`);
      return 'refused';
    }
    const waiting = await store.take(0, everything);
    assert.deepEqual(
      waiting.map(({ seq, event }) => [seq, plain(event)]),
      [...events].map(([seq, event]) => [seq, plain(event)]),
      `${damage.name}: it opened, and something is lost`,
    );
    await store.close();
    return 'whole';
  }

  for (const [state, prepare] of Object.entries({ killed, closed })) {
    it(`is refused as it is or has everything, in ${damages.length} ways, after it was ${state}`, async () => {
      const base = await prepare();
      const ends = { refused: 0, whole: 0 };
      for (const damage of damages) ends[await endure(base, damage)] += 1;
      assert.ok(damages.length >= 50);
      assert.ok(ends.refused >= 25, `only ${ends.refused} were refused`);
    }).timeout(30_000);
  }

  it('is refused as it is or has everything, whichever bytes were changed', async () => {
    const base = await killed();
    const anywhere = fc.record({
      part: fc.constantFrom('main' as const, 'log' as const),
      place: fc.double({ min: 0, max: 0.999_999, noNaN: true }),
      length: fc.constantFrom(1, 1, 16, 512, 4096),
      mask: fc.integer({ min: 1, max: 255 }),
    });
    await fc.assert(
      fc.asyncProperty(anywhere, async ({ part, place, length, mask }) => {
        await endure(base, {
          name: 'bytes',
          do: (files) => {
            const bytes = files[part] ?? Buffer.alloc(0);
            const from = Math.floor(place * bytes.length);
            for (let at = from; at < Math.min(from + length, bytes.length); at += 1) {
              bytes[at] = bytes[at]! ^ mask;
            }
          },
        });
      }),
      { numRuns: 60 },
    );
  }).timeout(30_000);

  it('is refused when the words of a forward that is still to be sent were changed', async () => {
    const keep = {
      node: 'n1',
      target: 'http://crm',
      lane: 'a1 c1',
      state: 'waiting' as const,
      attempts: 1,
      nextAt: noon,
      createdAt: noon,
      code: undefined,
      reason: undefined,
      status: undefined,
    };
    const request = JSON.stringify({ body: 'written words' });
    const message = JSON.stringify({ payload: 'spoken words' });
    for (const words of ['written', 'spoken']) {
      let store = await open();
      await store.keepForward({ ...keep, id: words, request, message });
      await store.keepForward({ ...keep, id: `${words} again`, request, message, state: 'dead' });
      await store.resendForwards({ ids: [`${words} again`] }, noon);
      await store.changeForward(words, { message: message.replace('words', 'WORDS') });
      await store.close();
      store = await open();
      await store.close();
      const whole = readFileSync(file());
      const harmed = Buffer.from(whole);
      for (let at = 0; (at = harmed.indexOf(`:"${words}`, at + 1)) > 0;) harmed[at + 3]! ^= 1;
      writeFileSync(file(), harmed);
      await assert.rejects(open(), { code: 'E_STORE', message: /forward \d+ is not what was/ });
      writeFileSync(file(), whole);
    }
  });

  it('is refused when a send was changed that it would not find again', async () => {
    const to = { phone: '+391' };
    const message = { type: 'text', text: 'written words', media: [] };
    const policy = incoming().policy;
    const store = await open();
    for (const id of ['send-one', 'send-two']) {
      await store.beginSend({ id, account: 'a1', node: 'n1', to, message, startedAt: noon });
    }
    const sent = { kind: 'sent', messageId: 'wamid-two', status: 'accepted' } as const;
    const end = { id: 'send-two', policy, contact: to, message, ...sent };
    const { events } = await store.endSend(end, noon, true);
    await store.finish(events.map(({ seq }) => seq));
    await store.close();
    const whole = readFileSync(file());
    for (const words of ['send-one', 'wamid-two', 'written words']) {
      const harmed = Buffer.from(whole);
      for (let at = 0; (at = harmed.indexOf(words, at + 1)) > 0;) harmed[at]! ^= 1;
      writeFileSync(file(), harmed);
      await assert.rejects(open(), { code: 'E_STORE', message: /send .* is not what was/ });
    }
  });

  it('is refused when what an agent reads was changed', async () => {
    const { policy } = incoming();
    const contact = { phone: '+391' };
    const message = { type: 'text', text: 'written words', media: [] };
    const sent = { id: 's', policy, contact, message, messageId: 'wamid-one', status: '' };
    const store = await open();
    const { events } = await store.endSend({ ...sent, kind: 'sent' }, noon, true);
    const delivery = { status: 'failed', errorText: 'spoken reason' } as const;
    const fact = { kind: 'delivery', contact, messageId: 'wamid-one', delivery } as const;
    const entry = { policy, fact: { ...fact, accountId: '1', dedupeKey: 'k' } };
    const told = await store.ingest({ facts: [entry], receivedAt: noon }, true);
    await store.finish([...events, ...told.events].map(({ seq }) => seq));
    await store.close();
    const whole = readFileSync(file());
    for (const words of ['wamid-one', 'written words', 'spoken reason']) {
      const harmed = Buffer.from(whole);
      for (let at = 0; (at = harmed.indexOf(words, at + 1)) > 0;) harmed[at + 7]! ^= 1;
      writeFileSync(file(), harmed);
      await assert.rejects(open(), { code: 'E_STORE', message: /message \d+ is not what was/ });
    }
  });
});
