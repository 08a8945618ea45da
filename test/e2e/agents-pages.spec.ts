import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { randomFrom } from '../crash/random.ts';
import '../support/e2e.ts';
import { answerOffer, dashboardTab, popup, popupContent } from '../support/agents-page.ts';
import { messages, openInteraction, popupsShown } from '../support/agents-at-work.ts';
import { useCentre } from '../support/centre.ts';
import { type CutLine, openCutLine } from '../support/cut-line.ts';
import { anna, bruno, carla, dora } from './agents-flow.ts';

const seed = Number(process.env['SEED'] ?? 20261122);

/** As a browser says at once that its network is back, a page need not wait for its next try. */
const networkComesBack = `
  globalThis.WebSocket = class extends WebSocket {
    constructor(address) {
      super(address);
      this.addEventListener('close', () => setTimeout(() => dispatchEvent(new Event('online'))));
    }
  };
`;

/** What the flow shows goes to the agent who has the customer's name. */
describe('Popups and pages of several agents', () => {
  const centre = useCentre();

  const closePopup = (page: Page, title: string): Promise<void> =>
    popup(page, title)
      .getByRole('button', { name: `Close ${title}` })
      .click();

  const isOnline = (page: Page): Promise<void> =>
    page.getByRole('button', { name: 'Pause', disabled: false }).waitFor();

  it('shows a popup to the agent whom it is for, and to nobody else', async () => {
    const [one, other] = [await centre().arrive(anna), await centre().arrive(bruno)];
    await centre().write('pages', 'anna', 'popup for Anna');
    await centre().write('pages', 'bruno', 'popup for Bruno');
    await Promise.all([
      popup(one.page, 'popup for Anna').waitFor(),
      popup(other.page, 'popup for Bruno').waitFor(),
    ]);
    assert.equal(await popupContent(one.page, 'popup for Anna').locator('p').textContent(), 'anna');
    assert.deepEqual(await popupsShown(one.page), { 'popup for Anna': 1 });
    assert.deepEqual(await popupsShown(other.page), { 'popup for Bruno': 1 });
    await Promise.all([one.close(), other.close()]);
  });

  describe(`over a line that is cut at 50 random moments (seed ${seed})`, () => {
    const moments = 50;
    let line: CutLine;
    before(async () => {
      line = await openCutLine(centre().nodeRed.url);
    });
    after(() => line.close());

    it('shows each popup once: none twice, and none too late', async () => {
      const { page } = await centre().arrive(anna, {}, `${line.url}/agents/`);
      await page.evaluate(networkComesBack);
      const random = randomFrom(seed);
      const titles = Array.from({ length: moments }, (_, index) => `popup number ${index}`);
      for (const [index, title] of titles.entries()) {
        // Its announcement, the claim, the grant, the receipt, or what comes after.
        line.cutAfter(1 + random.below(6));
        const cut = line.nextCut();
        await centre().write('pages', 'anna', title);
        const seen = popup(page, title).waitFor();
        await Promise.race([seen, cut]);
        if (line.cuts === index) line.cut();
        await seen;
        await closePopup(page, title);
      }
      assert.equal(line.cuts, moments);
      assert.deepEqual(
        await popupsShown(page),
        Object.fromEntries(titles.map((title) => [title, 1])),
      );
      await page.reload();
      await page.getByRole('button', { name: 'popup number 49' }).waitFor();
      assert.equal(await page.getByRole('dialog').count(), 0);
    }).timeout(180_000);
  });

  it('shows a popup in one of an agent’s two tabs and on no second device', async () => {
    const first = await centre().arrive(carla);
    const second = await first.page.context().newPage();
    await second.goto(first.url);
    await second.getByRole('button', { name: 'Log out' }).waitFor();
    const device = await centre().arrive(carla);
    const pages = [first.page, second, device.page];
    const titles = ['popup A', 'popup B', 'popup C'];
    for (const title of titles) await centre().write('pages', 'carla', title);
    for (const title of titles) {
      // Where it is not shown, it can be found again.
      const found = (page: Page) =>
        page.getByRole('button', { name: new RegExp(`^${title}`) }).or(popup(page, title));
      await Promise.all(pages.map((page) => found(page).first().waitFor()));
      const all = await Promise.all(pages.map((page) => popup(page, title).count()));
      assert.equal(
        all.reduce((sum, one) => sum + one, 0),
        1,
        `${title}: ${all.join()}`,
      );
    }
    await Promise.all([first.close(), device.close()]);
  });

  it('makes a button of a window that the browser blocked, and tells the supervisor', async () => {
    const { page: board } = await centre().arrive(dora);
    await board.getByRole('button', { name: 'Board' }).click();
    const outcome = (text: string) =>
      board.getByRole('row', { name: 'Card of bruno' }).getByText(text).waitFor();
    const { page } = await centre().arrive(bruno);
    await page.evaluate('globalThis.browserOpen = open; globalThis.open = () => null');
    await centre().write('pages', 'bruno', 'window');
    const button = page.getByRole('button', { name: 'Open Card of bruno' });
    await button.waitFor();
    await outcome('Blocked');
    await page.evaluate('globalThis.open = browserOpen');
    const opening = page.context().waitForEvent('page');
    await button.click();
    const card = await opening;
    await card.waitForURL(/\/card\?CALLER=/);
    assert.equal(await card.evaluate('opener'), null);
    assert.equal(await button.count(), 0);
    await outcome('Opened');
  });

  it('says of a sixth window that there are too many, and lets it in when another one is closed', async () => {
    const { page, close } = await centre().arrive(carla);
    const open = async (): Promise<Page> => {
      const other = await page.context().newPage();
      await other.goto(centre().desk);
      return other;
    };
    for (let count = 2; count <= 5; count += 1) await isOnline(await open());
    const sixth = await open();
    const banner = sixth.getByText('too many windows');
    await banner.getByRole('button', { name: 'Try again' }).click();
    await banner.waitFor();
    await page.close();
    await isOnline(sixth);
    assert.equal(await banner.count(), 0);
    await close();
  });

  it('opens a dashboard tab, which a later page of the same interaction uses again', async () => {
    const { page, close } = await centre().arrive(anna);
    const text = page.frameLocator('iframe[title="CRM anna"]').getByText('/cti');
    await centre().write('pages', 'anna', 'tab one');
    await dashboardTab(page, 'CRM anna').waitFor();
    await text.waitFor();
    await centre().write('pages', 'anna', 'tab two');
    await centre().crm.request('/cti', ({ query }) => query.get('TEXT') === 'tab two');
    await text.waitFor();
    assert.equal(await dashboardTab(page, 'CRM anna').count(), 1);

    const loads = () =>
      centre().crm.requests.filter(({ query }) => query.get('TEXT') === 'tab two').length;
    const before = loads();
    const reloaded = page.waitForResponse((response) => response.url().includes('/cti'));
    await page.getByRole('button', { name: 'Reload' }).click();
    await reloaded;
    assert.equal(loads(), before + 1);

    const outside = page.context().waitForEvent('page');
    await page.getByRole('link', { name: 'Open in a browser tab' }).click();
    assert.equal(await (await outside).evaluate('opener'), null);

    await page.getByRole('button', { name: 'Pin' }).click();
    assert.equal(await page.getByRole('button', { name: 'Close CRM anna' }).count(), 0);
    await page.getByRole('button', { name: 'Pin' }).click();
    await page.getByRole('button', { name: 'Close CRM anna' }).click();
    assert.equal(await dashboardTab(page, 'CRM anna').count(), 0);
    await close();
  });

  it('leads back to where the agent was when the page is loaded again, and doubles no popup', async () => {
    const { page, close } = await centre().arrive(carla);
    await centre().write('shop', 'Iris Blanc', 'Bonjour !');
    await answerOffer(page, 'Iris Blanc', 'Accept');
    await openInteraction(page, 'Iris Blanc');
    await centre().write('pages', 'carla', 'tab of Iris');
    await dashboardTab(page, 'CRM carla').waitFor();
    await page.getByRole('button', { name: 'Pin' }).click();
    await centre().write('pages', 'carla', 'popup of Iris');
    await popup(page, 'popup of Iris').waitFor();
    await page.getByRole('textbox', { name: 'Reply' }).fill('Bonjour Iris');

    await page.reload();
    await messages(page).getByText('Bonjour !').waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Reply' }).inputValue(), 'Bonjour Iris');
    const tab = page.getByRole('tab', { name: 'CRM carla', selected: true });
    await tab.waitFor();
    await page.frameLocator('iframe[title="CRM carla"]').getByText('/cti').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Close CRM carla' }).count(), 0);
    await page.getByRole('tab', { name: 'Home' }).click();
    await page.getByRole('button', { name: 'popup of Iris' }).waitFor();
    assert.equal(await page.getByRole('dialog').count(), 0);

    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    const kept = await page.evaluate('JSON.stringify(sessionStorage)');
    assert.doesNotMatch(String(kept), /Iris/);
    await close();
  });
});
