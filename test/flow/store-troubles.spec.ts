import assert from 'node:assert/strict';
import { readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import store from '../../nodes/trigger-store/trigger-store.ts';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import whatsappIn from '../../nodes/whatsapp-in/whatsapp-in.ts';
import * as meta from '../fixtures/meta.ts';
import {
  deploy,
  type FlowNode,
  nextInput,
  node,
  serveHttpNode,
  settings,
  stop,
  useRuntime,
} from '../support/flow.ts';
import { useTempFolder } from '../support/temp-folder.ts';

const registers = [account, whatsappIn, store];
const credentials = { shop: { appSecret: meta.appSecret, verifyToken: meta.verifyToken } };

describe('a whatsapp-in node whose store is in trouble', () => {
  useRuntime();
  const folder = useTempFolder();
  const file = () => join(folder(), 'store.sqlite');
  afterEach(() => settings({}));

  const start = (): Promise<void> =>
    deploy(
      registers,
      [
        { id: 'tab', type: 'tab', label: 'Test' },
        { id: 'store', type: 'trigger-store', file: file() },
        {
          id: 'shop',
          type: 'whatsapp-account',
          name: 'Shop',
          provider: 'meta',
          accountId: meta.phoneNumberId,
          number: '+39 02 12345678',
          path: 'a-long-random-path',
          store: 'store',
        },
        { id: 'in', type: 'whatsapp-in', z: 'tab', account: 'shop', wires: [['seen']] },
        { id: 'seen', type: 'helper', z: 'tab', wires: [] },
      ] satisfies FlowNode[],
      credentials,
    );
  async function post(count: number): Promise<Response> {
    const messages = Array.from({ length: count }, (_, n) => meta.message(meta.text(`${n}`)));
    const body = meta.webhook([meta.change({ messages })]);
    const url = `${await serveHttpNode()}/whatsapp/a-long-random-path`;
    return fetch(url, { method: 'POST', body, headers: meta.headers(body) });
  }
  /** The first status that looks so, of those shown already or yet to come. */
  async function status(fill: string, text: RegExp): Promise<void> {
    const shown = () =>
      node('in').status.args.some(([status]) => status.fill === fill && text.test(status.text));
    while (!shown()) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  it('is yellow and asks to come again while the inbox is full, and takes what fits', async () => {
    settings({ whatsappTriggers: { inbox: { events: 4 } } });
    await start();
    const answer = await post(3);
    assert.equal(answer.status, 503);
    assert.equal(answer.headers.get('retry-after'), '10');
    await status('yellow', /status\.full\.account/);
    const arrival = nextInput('seen');
    assert.equal((await post(2)).status, 200);
    await arrival;
  });

  it('is yellow and asks to come again while the disk has too little room', async () => {
    settings({ whatsappTriggers: { inbox: { freeBytes: 1e18 } } });
    await start();
    assert.equal((await post(1)).status, 503);
    await status('yellow', /status\.full\.disk/);
  });

  it('takes the usual bounds where the settings make no sense', async () => {
    settings({ whatsappTriggers: { inbox: { events: 'many', bytes: -5 } } });
    await start();
    assert.equal((await post(3)).status, 200);
  });

  it('is red from the start when the store is damaged, and leaves it as it is', async () => {
    await start();
    assert.equal((await post(1)).status, 200);
    await stop();
    await truncate(file(), (await readFile(file())).length / 2);
    const damaged = await readFile(file());
    await start();
    await status('red', /status\.failed/);
    assert.equal((await post(1)).status, 503);
    assert.deepEqual(await readFile(file()), damaged);
  });
});
