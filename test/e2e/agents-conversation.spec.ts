import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import * as meta from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { serveDesktops, useAgents } from '../support/agent.ts';
import {
  closeInteraction,
  messages,
  openInteraction,
  reply,
  setStatus,
  told,
} from '../support/agents-at-work.ts';
import { answerOffer, popup } from '../support/agents-page.ts';
import { useWork } from '../support/agents-work.ts';
import { type AgentName, onTab, useDesktopFlow } from '../support/desktop-flow.ts';
import { useRuntime } from '../support/flow.ts';
import { agentWindow, closeWindows } from '../support/popup-desk.ts';

const giulia = meta.giulia.name ?? '';

describe('A conversation on the agents’ page', () => {
  useDesktopFlow();
  useRuntime();
  useAgents();
  closeWindows();
  const { start, post, write } = useWork();
  let root: string;

  async function arrive(name: AgentName): Promise<Page> {
    const { page } = await agentWindow(`${root}/agents/`, name);
    return page;
  }

  async function take(page: Page): Promise<void> {
    await answerOffer(page, giulia, 'Accept');
    await openInteraction(page, giulia);
  }

  const send = (...parts: readonly meta.Part[]): Promise<void> => {
    const all = parts.map((part) => meta.message(part));
    return post(root, meta.webhook([meta.change({ messages: all })]));
  };

  it('has above it what the contact had before, with whoever it was', async () => {
    await start();
    root = await serveDesktops();
    const anna = await arrive('anna');
    await write(root, 'Where is my jacket?');
    await take(anna);
    await reply(anna, 'It is on its way.');
    await messages(anna).getByText('It is on its way.').waitFor();
    await closeInteraction(anna, 'No answer');
    await setStatus(anna, 'Pause');

    const bruno = await arrive('bruno');
    await write(root, 'It is too small.');
    await take(bruno);
    const log = messages(bruno);
    await log.getByText('1 earlier conversation').click();
    const earlier = log.getByRole('button', { name: /ANNA.*No answer/ });
    await earlier.click();
    await log.getByText('Where is my jacket?').waitFor();
    assert.equal(await log.getByText('It is on its way.').count(), 1);
    await earlier.click();
    await log.getByText('Where is my jacket?').waitFor({ state: 'detached' });
    await log.getByText('It is too small.').waitFor();
  });

  it('shows pictures in their place, plays sounds when asked to, and links what is lost', async () => {
    await start();
    root = await serveDesktops();
    const page = await arrive('anna');
    await send(
      { type: 'image', image: { id: 'picture-1', mime_type: 'image/png', caption: 'The receipt' } },
      { type: 'audio', audio: { id: 'picture-1', mime_type: 'audio/ogg', voice: true } },
      { type: 'image', image: { id: 'picture-gone', mime_type: 'image/png' } },
    );
    await take(page);
    const picture = messages(page).getByRole('img', { name: 'The receipt' });
    await picture.waitFor();
    const width = () => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth);
    while ((await width()) === 0) await picture.evaluate(() => new Promise(requestAnimationFrame));
    assert.equal(await width(), 1);
    const sound = messages(page).locator('audio[controls]');
    assert.match((await sound.getAttribute('src')) ?? '', /^media\//);
    await messages(page).getByRole('link', { name: 'Picture' }).waitFor();
    assert.equal(await messages(page).locator('img').count(), 1);
  });

  it('takes its popup off the screens of those who did not get it, and says so', async () => {
    await start(
      {},
      onTab({
        id: 'in-too',
        type: 'whatsapp-in',
        events: ['message.incoming'],
        wires: [['popup'], []],
      }),
      onTab({
        id: 'popup',
        type: 'browser-popup',
        desktop: 'desktop',
        target: 'queue',
        title: 'Customer card',
        content: '<p>{{text}}</p>',
      }),
    );
    root = await serveDesktops();
    const [anna, bruno] = [await arrive('anna'), await arrive('bruno')];
    await write(root);
    await Promise.all([anna, bruno].map((page) => popup(page, 'Customer card').waitFor()));
    await answerOffer(anna, giulia, 'Accept');
    await told(bruno, '“Customer card” is with a colleague now.').waitFor();
    await popup(bruno, 'Customer card').waitFor({ state: 'detached' });
    assert.equal(await popup(anna, 'Customer card').count(), 1);
  });
});
