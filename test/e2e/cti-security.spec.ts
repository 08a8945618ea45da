import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Frame, Page } from 'playwright-core';
import type { PageContent } from '../../src/store/contract.ts';
import '../support/e2e.ts';
import { dashboardTab, popup } from '../support/agents-page.ts';
import { agentWindow, openPopupDesk, show, usePopupDesk } from '../support/popup-desk.ts';

/** What a hostile site tries from within a dashboard tab, and what came of it. */
const attacks = `<!doctype html><title>Hostile</title><body><script>
const tries = {
  opener: () => String(opener),
  referrer: () => document.referrer,
  parent: () => parent.document.title,
  cookie: () => (document.cookie = 'a=1; SameSite=Lax', String(parent.localStorage)),
  top: () => { top.location = 'https://evil.example/'; return 'moved'; },
  place: () => { open('https://evil.example/', '_top'); return 'tried'; },
  camera: () => String(document.featurePolicy.allowsFeature('camera')),
  location: () => String(document.featurePolicy.allowsFeature('geolocation')),
  clipboard: () => String(document.featurePolicy.allowsFeature('clipboard-read')),
  fullscreen: () => String(document.fullscreenEnabled),
  own: () => (localStorage.setItem('mine', 'kept'), localStorage.getItem('mine')),
};
const came = {};
for (const [name, attempt] of Object.entries(tries)) {
  try { came[name] = attempt(); } catch (error) { came[name] = error.name; }
}
document.body.dataset.came = JSON.stringify(came);
</script>`;

const echo =
  '<!doctype html><script>document.title = String(opener) + "|" + document.referrer</script>';

describe('Sites that flows open', () => {
  usePopupDesk();
  let server: Server;
  let site: string;

  before(async () => {
    server = createServer((request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(request.url?.startsWith('/hostile') ? attacks : echo);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    // Another name is another site: nothing may be shared with the desktop's 127.0.0.1.
    site = `http://localhost:${(server.address() as AddressInfo).port}`;
  });
  after(() => {
    server.close();
    server.closeAllConnections();
  });

  const cti = (location: 'tab' | 'window' | 'dashboard', path = '/'): PageContent => ({
    kind: 'cti',
    url: `${site}${path}`,
    location,
    tabTitle: 'CRM',
    width: 700,
    height: 500,
  });

  for (const location of ['tab', 'window'] as const) {
    it(`in a ${location} know neither who opened them nor from where`, async () => {
      const { page } = await openPopupDesk();
      const opening = page.context().waitForEvent('page');
      const receipt = show(cti(location));
      const opened = await opening;
      await opened.waitForURL(`${site}/`);
      assert.equal(await opened.title(), 'null|');
      assert.equal((await receipt).reason, undefined);
    });
  }

  it('in a dashboard tab cannot reach, read or move the desktop, and get no device', async () => {
    const { page } = await openPopupDesk();
    const address = page.url();
    await show(cti('dashboard', '/hostile'));
    await dashboardTab(page, 'CRM').waitFor();
    const frame = await frameOf(page.frames.bind(page), `${site}/hostile`);
    await frame.waitForSelector('body[data-came]', { state: 'attached' });
    const came = JSON.parse((await frame.getAttribute('body', 'data-came')) ?? '{}');
    assert.deepEqual(came, {
      opener: 'null',
      referrer: '',
      parent: 'SecurityError',
      cookie: 'SecurityError',
      top: 'SecurityError',
      place: 'tried',
      camera: 'false',
      location: 'false',
      clipboard: 'false',
      fullscreen: 'false',
      own: 'kept',
    });
    assert.equal(page.url(), address);
    assert.equal(await page.title(), 'Agents');
  });

  it('that the desktop does not list open in a tab of the browser instead', async () => {
    const { page } = await openPopupDesk({ frames: ['crm.example'] });
    const opening = page.context().waitForEvent('page');
    await show(cti('dashboard'));
    await (await opening).waitForURL(`${site}/`);
    assert.equal(await dashboardTab(page, 'CRM').count(), 0);
  });

  it('wait with a button while the agent types, and open when that is over', async () => {
    const { page } = await openPopupDesk();
    await page.evaluate(() => {
      const field = document.createElement('textarea');
      document.querySelector('.middle')?.append(field);
      field.focus();
    });
    await page.keyboard.type('Dear ');
    await page.evaluate(keepTyping);
    const opening = page.context().waitForEvent('page');
    await show(cti('tab'));
    await page.getByText('You were typing').waitFor();
    await page.keyboard.type('Giulia');
    assert.equal(await page.evaluate('document.activeElement.value'), 'Dear Giulia');
    assert.equal(page.context().pages().length, 1);
    await page.evaluate('clearInterval(typing)');
    await (await opening).waitForURL(`${site}/`);
    assert.equal(await page.getByText('You were typing').count(), 0);
  });

  it('ask at the first login in a browser whether windows may open, and then no more', async () => {
    const { page, url } = await openPopupDesk();
    await page.evaluate(() => localStorage.removeItem('agent-desktop-ready'));
    const other = await page.context().newPage();
    await other.addInitScript(() => localStorage.removeItem('agent-desktop-ready'));
    await other.goto(url);
    const question = other.getByRole('region', { name: 'Is this browser ready?' });
    await question.waitFor();
    await other.evaluate('globalThis.browserOpen = open; globalThis.open = () => null');
    await question.getByRole('button', { name: 'Test windows' }).click();
    await question.getByText('The browser blocked the window.').waitFor();
    await other.evaluate('globalThis.open = browserOpen');
    await question.getByRole('button', { name: 'Test windows' }).click();
    await question.getByText('Windows may open by themselves.').waitFor();
    await question.getByRole('button', { name: 'Done' }).click();
    assert.equal(await question.count(), 0);
    assert.notEqual(await other.evaluate(() => localStorage.getItem('agent-desktop-ready')), null);
  });
});

describe('Two windows of an agent', () => {
  usePopupDesk();

  it('in one browser: the popup comes to the one that the agent looked at last', async () => {
    const { page, url } = await openPopupDesk();
    const second = await page.context().newPage();
    await second.goto(url);
    await second.getByRole('button', { name: 'Log out' }).waitFor();
    for (const [n, window] of [page, second, page].entries()) {
      await lookAt(window);
      const title = `Popup ${n}`;
      assert.equal((await show({ kind: 'popup', title, html: '' })).status, 'shown');
      await popup(window, title).waitFor();
      const other = window === page ? second : page;
      await other.getByRole('button', { name: title }).waitFor();
      assert.equal(await popup(other, title).count(), 0);
    }
  });

  it('when the one that shows popups is closed, the other one does', async () => {
    const { page, url } = await openPopupDesk();
    const second = await page.context().newPage();
    await second.goto(url);
    await second.getByRole('button', { name: 'Log out' }).waitFor();
    await second.close();
    assert.equal((await show({ kind: 'popup', title: 'Alone', html: '' })).status, 'shown');
    await popup(page, 'Alone').waitFor();
  });

  it('on two devices: it comes to one of them, and is listed on the other', async () => {
    const { page, url } = await openPopupDesk();
    const device = await agentWindow(url);
    assert.deepEqual((await show({ kind: 'popup', title: 'Once', html: '' })).agents, ['anna']);
    const shown = [popup(page, 'Once'), popup(device.page, 'Once')];
    await shown[0]!
      .or(page.getByRole('button', { name: 'Once' }))
      .first()
      .waitFor();
    await shown[1]!
      .or(device.page.getByRole('button', { name: 'Once' }))
      .first()
      .waitFor();
    const counts = await Promise.all(shown.map((each) => each.count()));
    assert.equal(counts[0]! + counts[1]!, 1);
  });
});

/** However slow this machine is, the agent has typed a moment ago; until the interval is cleared. */
const keepTyping = `
  globalThis.typing = setInterval(() => {
    document.activeElement.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }, 200);
`;

/** As if the agent turned to a window: the browser under test believes that all of them are in front. */
async function lookAt(window: Page): Promise<void> {
  await window.bringToFront();
  await window.evaluate(async () => {
    const leader = async () => {
      const { held = [] } = await navigator.locks.query();
      return held.find(({ name }) => name?.startsWith('agent-desktop'))?.clientId;
    };
    const before = await leader();
    dispatchEvent(new Event('focus'));
    while ((await leader()) === before) await new Promise(requestAnimationFrame);
  });
}

async function frameOf(frames: () => Frame[], url: string): Promise<Frame> {
  let found: Frame | undefined;
  while (!(found = frames().find((frame) => frame.url() === url))) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  return found;
}
