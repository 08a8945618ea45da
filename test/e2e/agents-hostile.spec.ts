import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { hostileMarkup } from '../fixtures/hostile-markup.ts';
import * as meta from '../fixtures/meta.ts';
import '../support/e2e.ts';
import {
  type AgentAtWork,
  comeIn,
  interaction,
  messages,
  popupsShown,
} from '../support/agents-at-work.ts';
import { type Crm, startCrm } from '../support/crm.ts';
import { type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { postWebhook } from '../support/webhook.ts';
import * as flow from './agents-hostile-flow.ts';

/** What a screen can show of it. */
// oxlint-disable-next-line no-control-regex -- control characters are what is left out
const shown = (text: string): string => text.replace(/[\u0000-\u0008\u000e-\u001f]/g, '');
const onOneLine = (text: string): string =>
  shown(text)
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const sorted = (texts: Iterable<string>): string[] => [...texts].sort();
const talker: meta.Person = { waId: '393330000600', name: 'Talker' };
const kinds = [
  (text: string) => meta.text(text),
  (text: string) => meta.image(text),
  (text: string) => meta.document(text),
  (text: string) => meta.location(45.4642, 9.19, text),
  (text: string) => meta.buttonReply(text, text),
];

describe('Three hundred hostile texts, wherever agents see what customers write', function () {
  this.timeout(180_000);
  let crm: Crm;
  let nodeRed: NodeRed;
  let agents: readonly AgentAtWork[];
  let watcher: AgentAtWork;
  /** Addresses that no browser had any business to ask. */
  const foreign: string[] = [];

  before(async () => {
    crm = await startCrm();
    nodeRed = await startNodeRed({
      flows: flow.hostileFlow(crm),
      credentials: flow.hostileCredentials,
    });
    agents = await Promise.all(flow.agents.map(arrive));
    watcher = await arrive(flow.supervisor);
    await watcher.page.getByRole('button', { name: 'Board' }).click();
  });
  after(async () => {
    await Promise.all([...(agents ?? []), watcher].map((each) => each?.close()));
    await nodeRed?.remove();
    await crm?.close();
  });

  async function post(number: string, people: readonly meta.Person[], parts: readonly meta.Part[]) {
    const body = meta.webhook([meta.change({ messages: parts, people, number })]);
    assert.equal((await postWebhook(`${nodeRed.url}/whatsapp/hostile`, body)).status, 200);
  }

  /** Everybody writes to a number, with their text as their name too. */
  async function everybodyWrites(number: string): Promise<void> {
    const people = hostileMarkup.map((name, at) => person(number, at, name));
    const parts = people.map((each) => meta.message(meta.text(each.name ?? ''), each));
    await post(number, people, parts);
  }

  /** The last four digits decide whose it is. */
  function person(number: string, at: number, name: string): meta.Person {
    return { waId: `39333${number.slice(-1)}00${String(at).padStart(4, '0')}`, name };
  }

  async function arrive(username: string): Promise<AgentAtWork> {
    const token = flow.issuer.issue({ sub: username, jti: randomUUID() });
    const agent = await comeIn(`${nodeRed.url}/agents/`, token, { reducedMotion: 'reduce' });
    const own = new Set([new URL(nodeRed.url).host, crm.host]);
    await agent.page.context().route(
      ({ host, protocol }) => protocol.startsWith('http') && !own.has(host),
      async (route) => {
        foreign.push(route.request().url());
        await route.abort();
      },
    );
    return agent;
  }

  /** The page's policy forbids what a driver of browsers would do for this. */
  const until = (page: Page, condition: string): Promise<void> =>
    page.evaluate(`new Promise((resolve) => {
      const look = () => ${condition} ? resolve() : requestAnimationFrame(look);
      look();
    })`);

  const pages = (): readonly Page[] => agents.map(({ page }) => page);

  it('stand in the list of conversations', async () => {
    await everybodyWrites(flow.given);
    const talk = hostileMarkup.map((text, at) => kinds[at % kinds.length]!(text));
    const parts = talk.map((part) => meta.message(part, talker));
    await post(flow.given, [talker], parts);
    const names: string[] = [];
    for (const page of pages()) {
      const list = page.getByRole('region', { name: /^My conversations/ });
      await list
        .getByRole('listitem')
        .nth(page === pages()[0] ? 50 : 49)
        .waitFor({ timeout: 60_000 });
      names.push(...(await list.getByRole('listitem').locator('bdi').allTextContents()));
    }
    const all = [...hostileMarkup.map(onOneLine), 'Talker'];
    assert.deepEqual(sorted(names), sorted(all));
  });

  it('stand in the titles of popups, each of which came once', async () => {
    const titles: string[] = [];
    for (const page of pages()) {
      const all = page === pages()[0] ? 51 : 50;
      await until(page, `Object.values(shown).reduce((sum, count) => sum + count, 0) >= ${all}`);
      const counts = Object.entries(await popupsShown(page));
      titles.push(
        ...counts.flatMap(([title, count]) => Array.from({ length: count }, () => title)),
      );
    }
    const talk = onOneLine(hostileMarkup[0]!);
    assert.deepEqual(sorted(titles), sorted([...hostileMarkup.map(onOneLine), talk]));
  });

  it('stand in the titles of dashboard tabs', async () => {
    const known = new Set(hostileMarkup.map(onOneLine));
    for (const page of pages()) {
      await page.getByRole('tab').nth(20).waitFor();
      const titles = await page.getByRole('tab').allTextContents();
      assert.ok(titles.slice(1).every((title) => known.has(title)));
    }
  });

  it('stand in the conversation, whatever kind of message brought them', async () => {
    const page = pages()[0]!;
    await interaction(page, 'Talker').click();
    const older = page.getByRole('button', { name: 'Show earlier messages' });
    for (let part = 1; part < 6; part += 1) {
      await older.click();
      await until(page, `document.querySelectorAll('[role=log] .message').length > ${part * 50}`);
    }
    await older.waitFor({ state: 'detached' });
    const text = (await messages(page).textContent()) ?? '';
    const lines = hostileMarkup.filter((_, at) => at % kinds.length === 0).map(shown);
    for (const line of lines) assert.ok(text.includes(line), JSON.stringify(line));
  });

  it('stand in offers as the text that they are', async () => {
    await everybodyWrites(flow.offered);
    const seen: string[] = [];
    for (const page of pages()) {
      await page.getByRole('button', { name: 'Accept' }).nth(49).waitFor();
      const offers = page.getByRole('group').filter({ has: page.getByRole('timer') });
      seen.push(...(await offers.locator('p[dir=auto]').allTextContents()));
    }
    assert.deepEqual(sorted(seen), sorted(hostileMarkup.map(shown)));
  });

  it('stand on the supervisor’s board, and in what the supervisor reads along', async () => {
    const { page } = watcher;
    const part = (name: string) =>
      page.getByRole('region', { name: new RegExp(`^${name}`) }).last();
    for (const name of ['Waiting', 'Open conversations', 'Shown to agents']) {
      await part(name).getByRole('row').nth(20).waitFor();
    }
    await part('Open conversations').getByRole('row').nth(20).getByRole('button').click();
    await messages(page).waitFor();
  });

  it('ran nothing, asked nobody, and changed nothing of the page', async () => {
    for (const { page, complaints } of [...agents, watcher]) {
      assert.deepEqual(complaints, []);
      assert.equal(await page.evaluate('globalThis.hacked'), undefined);
      assert.match(await page.title(), /^(?:\(\d+\) )?agents$/);
      assert.equal(new URL(page.url()).pathname, '/agents/');
      await page.getByRole('button', { name: 'Log out' }).waitFor();
    }
    assert.deepEqual(foreign, []);
    assert.doesNotMatch(nodeRed.log, /uncaught|TypeError|RangeError/i);
  });
});
