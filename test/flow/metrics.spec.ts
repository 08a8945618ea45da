import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { NodeAPI } from 'node-red';
import type { RequestHandler } from 'express';
import script from '../../nodes/script/script.ts';
import triggerCondition from '../../nodes/trigger-condition/trigger-condition.ts';
import store from '../../nodes/trigger-store/trigger-store.ts';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import whatsappIn from '../../nodes/whatsapp-in/whatsapp-in.ts';
import * as meta from '../fixtures/meta.ts';
import {
  deploy,
  nextInput,
  node,
  runtimeApi,
  serve,
  serveHttpNode,
  settings,
  useRuntime,
} from '../support/flow.ts';
import { useScriptFolder } from '../support/scripts.ts';
import { useTempFolder } from '../support/temp-folder.ts';

describe('the metrics', () => {
  useRuntime();
  const folder = useTempFolder();
  const scripts = useScriptFolder();
  let granted = true;
  let admin: string;
  afterEach(() => settings({}));

  beforeEach(async () => {
    granted = true;
    await scripts.write('end.sh', 'exit "$(cat)"');
    await scripts.write('fail.sh', 'exit 3');
    settings({ whatsappTriggers: { scripts: { folders: [scripts.path] } } });
    const registers = [withPermissions, account, whatsappIn, store, triggerCondition, script];
    await deploy(registers, flow(), { shop: { appSecret: meta.appSecret, verifyToken: 'x' } });
    admin = `${await serve(runtimeApi().httpAdmin)}/whatsapp-triggers`;
  });

  function withPermissions(RED: NodeAPI): void {
    const needsPermission = (permission: string): RequestHandler => {
      const needed = permission === 'whatsapp-account.read';
      return (_request, response, next) =>
        granted && needed ? next() : void response.status(401).end();
    };
    Object.assign(RED, { auth: { needsPermission } });
  }

  const flow = () => [
    { id: 'tab', type: 'tab', label: 'Test' },
    { id: 'store', type: 'trigger-store', file: join(folder(), 'events.sqlite') },
    {
      id: 'shop',
      type: 'whatsapp-account',
      name: 'Shop',
      provider: 'meta',
      accountId: meta.phoneNumberId,
      number: meta.businessNumber,
      path: 'a-long-random-path',
      store: 'store',
    },
    { id: 'in', type: 'whatsapp-in', z: 'tab', account: 'shop', wires: [['pizza']] },
    {
      id: 'pizza',
      type: 'trigger-condition',
      z: 'tab',
      name: 'Wants "pizza"',
      all: [{ field: 'message.text', operator: 'contains', value: 'pizza' }],
      wires: [['run'], ['other']],
    },
    { id: 'run', type: 'script', z: 'tab', scriptType: 'sh', script: 'fail.sh', wires: [[]] },
    { id: 'other', type: 'helper', z: 'tab', wires: [] },
  ];

  async function post(words: string, secret?: string, id = meta.wamid()): Promise<Response> {
    const body = meta.textWebhook(words, undefined, id);
    const headers = meta.headers(body, secret);
    const url = `${await serveHttpNode()}/whatsapp/a-long-random-path`;
    return fetch(url, { method: 'POST', body, headers });
  }

  /** Values by series, as the text says them. */
  async function scrape(): Promise<ReadonlyMap<string, number>> {
    const text = await (await fetch(`${admin}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
    return new Map(
      lines.map((line) => {
        const at = line.lastIndexOf(' ');
        return [line.slice('whatsapp_triggers_'.length, at), Number(line.slice(at + 1))];
      }),
    );
  }

  /** How much series have risen through some work; the house lives as long as the process. */
  async function risen(work: () => Promise<unknown>) {
    const before = await scrape();
    await work();
    const after = await scrape();
    return (series: string): number => (after.get(series) ?? 0) - (before.get(series) ?? 0);
  }

  it('are Prometheus text, and only for who may read the flow', async () => {
    const answer = await fetch(`${admin}/metrics`);
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    assert.match(await answer.text(), /^# TYPE whatsapp_triggers_events_received_total counter$/m);
    granted = false;
    const refused = await fetch(`${admin}/metrics`);
    assert.equal(refused.status, 401);
    assert.doesNotMatch(await refused.text(), /whatsapp_triggers/);
  });

  it('count events, duplicates, refusals and decisions', async () => {
    const rise = await risen(async () => {
      const id = meta.wamid();
      const arrival = nextInput('other');
      await post('una bibita', undefined, id);
      await arrival;
      await post('una bibita', undefined, id);
      await post('falso', 'wrong');
    });
    assert.equal(rise('events_received_total{account="shop"}'), 1);
    assert.equal(rise('events_duplicate_total{account="shop"}'), 1);
    assert.equal(rise('requests_refused_total{reason="signature"}'), 1);
    const decision = 'node="pizza",name="Wants \\"pizza\\""';
    assert.equal(rise(`decisions_total{${decision},outcome="not_met"}`), 1);
    assert.equal(rise(`decisions_total{${decision},outcome="met"}`), 0);
    assert.ok(rise('commit_duration_seconds_count') > 0);
  });

  it('count scripts by how they ended', async () => {
    const failed = new Promise((resolve) => node('run').once('call:error', resolve));
    const rise = await risen(async () => {
      await post('una pizza');
      await failed;
    });
    assert.equal(rise('scripts_total{node="run",name="",outcome="failure"}'), 1);
    assert.equal((await scrape()).get('scripts_running'), 0);
  });

  it('show the store and what it holds', async () => {
    const values = await scrape();
    assert.equal(values.get('store_up{store="events.sqlite"}'), 1);
    assert.ok(Number(values.get('store_bytes{store="events.sqlite"}')) > 0);
    assert.equal(values.get('inbox_behind{store="events.sqlite"}'), 0);
    assert.equal(values.get('events_in_flight'), 0);
  });

  it('tell the delay of the event loop from the second scrape on', async () => {
    await scrape();
    const until = performance.now() + 120;
    await new Promise((resolve) => setTimeout(resolve, 30));
    while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 30));
    const worst = (await scrape()).get('event_loop_delay_seconds{quantile="1"}');
    assert.ok(worst !== undefined && worst > 0.03, `${worst}`);
  });

  it('name no number and no word of a customer', async () => {
    const arrival = nextInput('other');
    await post('segreto');
    await arrival;
    const text = await (await fetch(`${admin}/metrics`)).text();
    assert.doesNotMatch(text, /segreto|3933|39 ?02|Giulia/);
  });
});
