import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import type { NodeAPI } from 'node-red';
import store from '../../nodes/trigger-store/trigger-store.ts';
import { setHealth } from '../../nodes/shared/health.ts';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import * as meta from '../fixtures/meta.ts';
import { useFake } from '../support/fake-api.ts';
import { graphToken, startFakeGraph } from '../support/fake-graph.ts';
import { deploy, runtimeApi, serve, serveHttpNode, useRuntime } from '../support/flow.ts';
import { useTempFolder } from '../support/temp-folder.ts';
import { postWebhook } from '../support/webhook.ts';

interface Said {
  readonly state: string;
  readonly text?: string;
  readonly key?: string;
  readonly names?: readonly string[];
  readonly values?: Readonly<Record<string, unknown>>;
}

/** Without its moment. */
function said({ state, text, key, names = [], values = {} }: Said): string {
  return [state, text ?? key, ...names, ...Object.values(values)].join(' ');
}

/** What the editor has in the place of a saved secret. */
const kept = '__PWRD__';

describe('the check of a connection', () => {
  useRuntime();
  const folder = useTempFolder();
  const graph = useFake(startFakeGraph);
  let granted: readonly string[];
  let admin: string;

  beforeEach(async () => {
    granted = ['whatsapp-account.write'];
    const credentials = {
      appSecret: meta.appSecret,
      verifyToken: meta.verifyToken,
      accessToken: graphToken,
    };
    await deploy(
      [withPermissions, account, store],
      [
        { id: 'store', type: 'trigger-store', file: join(folder(), 'store.sqlite') },
        { id: 'checked', type: 'whatsapp-account', store: 'store', ...form() },
      ],
      { checked: credentials },
    );
    admin = `${await serve(runtimeApi().httpAdmin)}/whatsapp-triggers/whatsapp-account/check`;
  });

  function withPermissions(RED: NodeAPI): void {
    const needsPermission =
      (permission: string): RequestHandler =>
      (_request, response, next) =>
        granted.includes(permission) ? next() : void response.status(401).end();
    Object.assign(RED, { auth: { needsPermission } });
  }

  const form = (more: object = {}) => ({
    name: 'Shop',
    provider: 'meta',
    accountId: meta.phoneNumberId,
    number: meta.businessNumber,
    path: 'shop-path',
    apiUrl: graph().url,
    ...more,
  });
  const saved = { appSecret: kept, verifyToken: kept, accessToken: kept };

  const ask = (body: unknown, type = 'application/json') =>
    fetch(admin, { method: 'POST', headers: { 'content-type': type }, body: JSON.stringify(body) });

  async function check(
    more: object = {},
    credentials: Record<string, string> = saved,
    id = 'checked',
  ): Promise<readonly string[]> {
    const answer = await ask({ id, account: form(more), credentials });
    assert.equal(answer.status, 200);
    const { findings } = (await answer.json()) as {
      findings: readonly Said[];
    };
    return findings.map(said);
  }

  it('is for those only who may change the account', async () => {
    granted = ['whatsapp-account.read'];
    assert.equal((await ask({ id: 'checked', account: form(), credentials: saved })).status, 401);
    assert.equal(graph().calls.length, 0);
  });

  it('takes no form, which another site could post, and nothing that is no account', async () => {
    assert.equal((await ask({}, 'text/plain')).status, 415);
    assert.equal((await ask({ id: 'checked' })).status, 400);
  });

  it('asks the provider with the saved secrets, sends nothing, and tells no secret', async () => {
    const [settings, sending, webhook] = await check();
    assert.match(settings ?? '', /^ok /);
    assert.match(sending ?? '', /^ok sending\.answer .*Shop/);
    assert.equal(webhook, 'warning webhook.neverReceived');
    const { calls, sends } = graph();
    assert.equal(calls[0]?.headers['authorization'], `Bearer ${graphToken}`);
    assert.equal(sends.length, 0);
    assert.doesNotMatch(JSON.stringify([settings, sending, webhook]), new RegExp(graphToken));
  });

  it('says in words what the provider has against the keys', async () => {
    const [, sending] = await check({}, { ...saved, accessToken: 'stale-token' });
    assert.match(sending ?? '', /^wrong sending\.answer /);
    assert.doesNotMatch(sending ?? '', /stale-token/);
  });

  it('sends saved secrets to no other address than they were saved with', async () => {
    const other = await startFakeGraph();
    try {
      for (const more of [{ apiUrl: other.url }, { provider: '360dialog', apiUrl: other.url }]) {
        const findings = await check(more, { ...saved, apiKey: kept });
        assert.deepEqual([findings.length, other.calls.length], [1, 0]);
        assert.match(findings[0] ?? '', /^wrong .*enter the secrets again/);
      }
      const typed = { appSecret: 'a', verifyToken: 'b', accessToken: graphToken };
      assert.match((await check({ apiUrl: other.url }, typed))[1] ?? '', /^ok /);
      assert.equal(other.calls.length, 1);
    } finally {
      await other.close();
    }
  });

  it('says what is missing before it asks anyone', async () => {
    assert.deepEqual(await check({ accountId: '' }), ['wrong The phone number id is missing.']);
    const [, sending] = await check({}, { ...saved, accessToken: '' });
    assert.equal(sending, 'warning sending.missing accessToken');
    assert.equal(graph().calls.length, 0);
  });

  it('says when another account has the path', async () => {
    const [finding] = await check({}, { appSecret: 'a', verifyToken: 'b' }, 'new');
    assert.match(finding ?? '', /^wrong .*belongs to account "Shop"/);
  });

  it('says when the provider cannot be reached', async () => {
    await graph().close();
    const [, sending] = await check();
    assert.match(sending ?? '', /^wrong sending\.answer .*(ECONNREFUSED|closed)/);
  });

  it('says what the webhook heard last', async () => {
    const url = `${await serveHttpNode()}/whatsapp/shop-path`;
    await postWebhook(url, meta.textWebhook('falso'), { secret: 'another' });
    assert.equal((await check())[2], 'wrong webhook.refused.signature');
    await postWebhook(url, meta.textWebhook('vero'));
    assert.equal((await check())[2], 'ok webhook.received');
  });

  it('tells who may only look how the account stands, and asks nobody for it', async () => {
    const standing = async (id: string) => {
      const answer = await fetch(admin.replace('/check', `/${id}/standing`));
      if (answer.status !== 200) return answer.status;
      return ((await answer.json()) as { findings: readonly Said[] }).findings.map(said);
    };
    granted = [];
    assert.equal(await standing('checked'), 401);
    granted = ['whatsapp-account.read'];
    assert.equal(((await standing('checked')) as unknown[]).length, 1);
    assert.deepEqual(await standing('another'), []);
    const url = `${await serveHttpNode()}/whatsapp/shop-path`;
    await fetch(`${url}?hub.mode=subscribe&hub.verify_token=wrong&hub.challenge=1`);
    setHealth(runtimeApi(), 'checked', 'The token has ended.');
    assert.deepEqual(await standing('checked'), [
      'wrong sending.answer The token has ended.',
      'wrong webhook.refused.token',
    ]);
    assert.equal(graph().calls.length, 0);
  });

  it('says that the webhook is not there before the account is deployed', async () => {
    const typed = { appSecret: 'a', verifyToken: 'b', accessToken: graphToken };
    const [, , webhook] = await check({ path: 'another-path' }, typed, 'new');
    assert.equal(webhook, 'warning webhook.deployFirst');
    const [, , changed] = await check({ path: 'another-path' });
    assert.equal(changed, 'warning webhook.differs');
  });

  it('takes what comes from the environment as it was deployed, and says so where it was not', async () => {
    const [settings] = await check({ accountId: '${PHONE_ID}' });
    assert.match(settings ?? '', /^ok /);
    const [finding] = await check({ accountId: '${PHONE_ID}' }, {}, 'new');
    assert.match(finding ?? '', /^wrong Deploy first: .*\$\{PHONE_ID\}/);
  });
});
