import assert from 'node:assert/strict';
import * as meta from '../fixtures/meta.ts';
import { type AgentPage, openPage, useAgents } from '../support/agent.ts';
import { accept, supervisor, until, useWork } from '../support/agents-work.ts';
import { agentsOf, passwords, useDesktopFlow } from '../support/desktop-flow.ts';
import { picture } from '../support/fake-graph.ts';
import { redeploy, useRuntime } from '../support/flow.ts';

const mario: meta.Person = { waId: '393339999999', name: 'Mario' };

describe('agent-desktop: what belongs to an interaction', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();
  const { flow, secrets, start, post, write } = useWork();

  const image = (id: string, extra: object = {}) => ({
    type: 'image',
    image: { id, mime_type: 'image/png', caption: 'La ricevuta', ...extra },
  });
  const sendImage = (root: string, id = 'picture-1') =>
    post(root, meta.webhook([meta.change({ messages: [meta.message(image(id))] })]));

  async function close(page: AgentPage, interactionId: string, reason: string): Promise<void> {
    page.say({ type: 'close', interactionId, reason });
    await page.next('interactionEnded');
  }

  async function firstHref(page: AgentPage, interactionId: string): Promise<string> {
    page.say({ type: 'open', interactionId });
    const { messages } = await page.next('conversation');
    return messages.flatMap(({ media }) => media)[0]?.href ?? '';
  }

  describe('earlier conversations', () => {
    it('are listed and read by whoever has the contact now, whoever had them', async () => {
      await start();
      const { root, desktop, pages } = await agentsOf('anna');
      const [anna] = pages;
      await write(root, 'Il primo ordine');
      await sendImage(root);
      const { id: first } = await accept(anna);
      await close(anna, first, 'spedito');
      await write(root, 'Un altro contatto', mario);
      const { id: other } = await accept(anna);
      await close(anna, other, 'altro');
      anna.say({ type: 'status', status: 'paused' });
      await write(root, 'Il secondo ordine');
      const bruno = await openPage(desktop, 'bruno', passwords.bruno);
      const { id } = await accept(bruno);
      bruno.say({ type: 'history', interactionId: id });
      const { earlier } = await bruno.next('history');
      assert.deepEqual(
        earlier.map((one) => [one.id, one.reason, one.queue, one.agent?.name, one.lastText]),
        [[first, 'spedito', 'Sales', 'ANNA', 'La ricevuta']],
      );
      bruno.say({ type: 'earlier', interactionId: id, earlierId: first });
      const { messages, more, earlierId } = await bruno.next('earlier');
      assert.deepEqual(
        [earlierId, more, messages.map(({ text }) => text)],
        [first, false, ['Il primo ordine', 'La ricevuta']],
      );
      assert.match(messages[1]!.media[0]!.href ?? '', new RegExp(`^media/${id}/`));
      bruno.say({ type: 'earlier', interactionId: id, earlierId: first, before: messages[1]!.seq });
      assert.equal((await bruno.next('earlier')).messages.length, 1);
      bruno.say({ type: 'earlier', interactionId: id, earlierId: other });
      assert.equal((await bruno.next('refused')).what, 'earlier');
    });
  });

  describe('files', () => {
    it('are given out by the desktop, with the token that only the provider sees', async () => {
      await start();
      const { root, desktop, pages } = await agentsOf('anna');
      const [anna] = pages;
      await sendImage(root);
      const { id } = await accept(anna);
      const href = await firstHref(anna, id);
      const get = (headers: Record<string, string> = {}, method = 'GET') =>
        fetch(`${desktop}/${href}`, { method, headers: { cookie: anna.cookie, ...headers } });
      const whole = await get();
      assert.equal(whole.status, 200);
      assert.deepEqual(Buffer.from(await whole.arrayBuffer()), picture);
      const header = (name: string) => whole.headers.get(name);
      assert.equal(header('content-type'), 'image/png');
      assert.match(header('content-disposition') ?? '', /^inline; filename="file\.png"/);
      assert.equal(
        header('content-security-policy'),
        "default-src 'none'; sandbox; frame-ancestors 'none'",
      );
      assert.equal(header('x-content-type-options'), 'nosniff');
      assert.equal(header('cross-origin-resource-policy'), 'same-origin');
      assert.equal(header('cache-control'), 'no-store');
      const part = await get({ range: 'bytes=1-3' });
      assert.deepEqual([part.status, await part.text()], [206, 'PNG']);
      assert.equal(part.headers.get('content-range'), `bytes 1-3/${picture.length}`);
      assert.equal((await get({ range: 'bytes=900-' })).status, 416);
      const head = await get({}, 'HEAD');
      assert.deepEqual([head.status, await head.text()], [200, '']);
      assert.equal((await get({ 'sec-fetch-site': 'cross-site' })).status, 403);
    });

    it('are nobody’s who may not read the conversation, and no longer when it is closed', async () => {
      await start({ desktop: { agents: supervisor('carla') } });
      const { root, desktop, pages } = await agentsOf('anna', 'bruno', 'carla');
      const [anna, bruno, carla] = pages;
      await sendImage(root);
      const { id } = await accept(anna);
      const href = await firstHref(anna, id);
      const status = async (path: string, cookie: string) =>
        (await fetch(`${desktop}/${path}`, { headers: { cookie } })).status;
      assert.equal(await status(href, ''), 401);
      assert.equal(await status(href, bruno.cookie), 404);
      assert.equal(await status(href, carla.cookie), 200);
      await write(root, 'Un altro contatto', mario);
      anna.say({ type: 'status', status: 'paused' });
      const { id: brunos } = await accept(await openPage(desktop, 'bruno', passwords.bruno));
      assert.equal(await status(href.replace(id, brunos), bruno.cookie), 404);
      for (const path of ['media', 'media/', `${href}1`, `media/${id}/1/0/..`, `${href}/x`]) {
        assert.equal(await status(path, anna.cookie), 404, path);
      }
      await close(anna, id, '');
      assert.equal(await status(href, anna.cookie), 404);
    });

    it('that the provider does not give out are not found, or failed, without its words', async () => {
      await start();
      const { root, desktop, pages } = await agentsOf('anna');
      const [anna] = pages;
      await sendImage(root, 'picture-gone');
      const { id } = await accept(anna);
      const answer = await fetch(`${desktop}/${await firstHref(anna, id)}`, {
        headers: { cookie: anna.cookie },
      });
      assert.equal(answer.status, 502);
      assert.doesNotMatch(await answer.text(), /EAA|picture-gone/);
    });
  });

  describe('queues', () => {
    it('are there at once on the pages that are open, by the names that they have', async () => {
      await start({ queue: { agents: [] } });
      const { root, pages } = await agentsOf('anna');
      const [anna] = pages;
      await write(root);
      const { id } = await accept(anna);
      const service = {
        id: 'service',
        type: 'whatsapp-queue',
        name: 'Service',
        desktop: 'desktop',
      };
      await redeploy(flow({ queue: { agents: [] } })(service), 'nodes', secrets());
      const added = await until(anna, 'queues', (word) => word.queues.length === 2);
      assert.deepEqual(added.queues.map(({ name }) => name).toSorted(), ['Sales', 'Service']);
      await redeploy(flow({ queue: { name: 'Desk', agents: [] } })(), 'nodes', secrets());
      const { queues } = await until(anna, 'queues', (word) => word.queues.length === 1);
      assert.deepEqual(queues, [{ id: 'sales', name: 'Desk' }]);
      const { interactions } = await until(
        anna,
        'interactions',
        (word) => word.interactions[0]?.queue === 'Desk',
      );
      assert.equal(interactions[0]!.id, id);
    });
  });
});
