import assert from 'node:assert/strict';
import type { BrowserContextOptions, Page } from 'playwright-core';
import '../support/e2e.ts';
import { answerOffer, dashboardTab, offer, popup } from '../support/agents-page.ts';
import {
  type AgentAtWork,
  closeInteraction,
  messages,
  openInteraction,
  reply,
} from '../support/agents-at-work.ts';
import { barriers } from '../support/axe.ts';
import { useCentre } from '../support/centre.ts';
import { openPage } from '../support/watched-page.ts';
import { anna, bruno, dora } from './agents-flow.ts';

describe('The agents’ page as it looks', () => {
  const centre = useCentre();

  const isWiderThanItsWindow = (page: Page): Promise<boolean> =>
    page.evaluate('document.documentElement.scrollWidth > innerWidth');

  /** An offer, an open conversation with an answer, a popup and a dashboard tab. */
  async function atWork(options: BrowserContextOptions, customer: string): Promise<AgentAtWork> {
    const agent = await centre().arrive(anna, { reducedMotion: 'reduce', ...options });
    const { page } = agent;
    await centre().write('shop', customer, 'Good morning! Has my order 9/9 left already?');
    await answerOffer(page, customer, 'Accept');
    await openInteraction(page, customer);
    await reply(page, 'Yes, it left yesterday.');
    await messages(page).getByText('Read', { exact: true }).waitFor();
    await centre().write('pages', 'anna', 'tab');
    await dashboardTab(page, 'CRM anna').waitFor();
    await page.getByRole('tab', { name: 'Home' }).click();
    await centre().write('pages', 'anna', 'popup of the order');
    await popup(page, 'popup of the order').waitFor();
    await centre().write('shop', `${customer} again`, 'And one more thing');
    await offer(page, `${customer} again`).waitFor();
    return agent;
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    describe(`in ${colorScheme} colours`, () => {
      it('has no barriers on the login', async () => {
        const { page, close } = await openPage({ colorScheme });
        await page.goto(centre().desk);
        await page.getByRole('button', { name: 'Log in' }).waitFor();
        assert.deepEqual(await barriers(page), []);
        await close();
      });

      it('has no barriers at work', async () => {
        const { page, close } = await atWork({ colorScheme }, `Chiara ${colorScheme}`);
        assert.deepEqual(await barriers(page), []);
        await page.getByRole('button', { name: 'Transfer', exact: true }).click();
        assert.deepEqual(await barriers(page), []);
        await page.getByRole('button', { name: 'Settings' }).click();
        assert.deepEqual(await barriers(page), []);
        await close();
      });

      it('has no barriers on the board', async () => {
        const { page, close } = await centre().arrive(dora, { colorScheme });
        await page.getByRole('button', { name: 'Board' }).click();
        await page.getByRole('row', { name: anna.name }).first().waitFor();
        assert.deepEqual(await barriers(page), []);
        await close();
      });
    });
  }

  it('does everything in 360 pixels, beside a CRM', async () => {
    const viewport = { width: 360, height: 700 };
    const { page } = await centre().arrive(bruno, { viewport });
    const contact = 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh';
    await centre().write('shop', contact, `${'Donaudampfschifffahrt'.repeat(6)} 📦`);
    await answerOffer(page, contact, 'Accept');
    await reply(page, 'Yes, it left yesterday.');
    await messages(page).getByText('Read', { exact: true }).waitFor();
    assert.equal(await isWiderThanItsWindow(page), false);
    assert.deepEqual(await barriers(page), []);
    await centre().write('pages', 'bruno', 'popup in the narrow window');
    await popup(page, 'popup in the narrow window').waitFor();
    assert.equal(await isWiderThanItsWindow(page), false);
    await centre().write('pages', 'bruno', 'tab in the narrow window');
    await popup(page, 'popup in the narrow window').getByRole('button').first().click();
    await page.getByRole('button', { name: 'Pages' }).click();
    await dashboardTab(page, 'CRM bruno').waitFor();
    assert.equal(await isWiderThanItsWindow(page), false);
    await page.getByRole('button', { name: 'Conversations' }).click();
    await closeInteraction(page, 'Resolved');
    const closed = await centre().event('interaction.closed', contact);
    assert.equal(closed.get('reason'), 'resolved');
  });

  it('speaks Italian to whoever does', async () => {
    const { page } = await centre().arrive(bruno, { locale: 'it-IT' });
    assert.equal(await page.locator('html').getAttribute('lang'), 'it');
    const contact = 'Nicolò Dall’Acqua';
    await centre().write('shop', contact, 'Dov’è il mio ordine?');
    const own = offer(page, contact);
    await own.getByRole('button', { name: 'Rifiuta' }).waitFor();
    await own.getByRole('button', { name: 'Accetta' }).click();
    await page.getByRole('button', { name: contact }).click();
    await page.getByRole('textbox', { name: 'Risposta' }).fill('È partito ieri.');
    await page.getByRole('button', { name: 'Invia' }).click();
    await messages(page).getByText('Letto', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Chiudi interazione' }).waitFor();
    const text = await page.locator('body').innerText();
    assert.doesNotMatch(text, /\b(?:Accept|Reject|Send|Ready|Offers|Close|Reply|Home)\b/);
  });

  it('leaves no complaint in any browser', () => {
    assert.deepEqual(centre().complaints(), []);
  });
});
