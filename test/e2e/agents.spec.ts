import assert from 'node:assert/strict';
import type { Locator, Page } from 'playwright-core';
import '../support/e2e.ts';
import { answerOffer, offer } from '../support/agents-page.ts';
import {
  closeInteraction,
  interaction,
  messages,
  openInteraction,
  reply,
  setStatus,
  told,
  transfer,
} from '../support/agents-at-work.ts';
import { useCentre } from '../support/centre.ts';
import { type Account, anna, bruno, carla, dora, type Person } from './agents-flow.ts';

describe('Several agents at work', () => {
  const centre = useCentre();
  let pages: Readonly<Record<'anna' | 'bruno' | 'carla' | 'dora', Page>>;

  before(async () => {
    const arrive = async (person: Person) => (await centre().arrive(person)).page;
    const [a, b, c, d] = await Promise.all([anna, bruno, carla, dora].map(arrive));
    pages = { anna: a!, bruno: b!, carla: c!, dora: d! };
  });

  /** Everybody clicks the button at the same instant. */
  async function atOnce(...buttons: readonly Locator[]): Promise<void> {
    const at = Date.now() + 100;
    const click = (button: Locator) =>
      button.evaluate(
        (element, at) =>
          new Promise<void>((resolve) => {
            setTimeout(() => {
              (element as HTMLElement).click();
              resolve();
            }, at - Date.now());
          }),
        at,
      );
    await Promise.all(buttons.map(click));
  }

  const acceptButton = (page: Page, contact: string): Locator =>
    offer(page, contact).getByRole('button', { name: 'Accept' });

  /** A customer writes, and an agent takes the conversation and opens it. */
  async function take(page: Page, queue: Account, contact: string, text = 'Buongiorno!') {
    await centre().write(queue, contact, text);
    await answerOffer(page, contact, 'Accept');
    await openInteraction(page, contact);
  }

  const isGone = (what: Locator): Promise<void> => what.waitFor({ state: 'detached' });

  for (const contact of ['Chiara D’Angelo', 'Zoë Müller-Weiß', 'أحمد سعيد']) {
    it(`gives ${contact} to exactly one of two who accept at the same instant`, async () => {
      const rivals = [
        [pages.anna, anna],
        [pages.bruno, bruno],
      ] as const;
      await centre().write('shop', contact, 'Where is my order 9/9?');
      const buttons = rivals.map(([page]) => acceptButton(page, contact));
      await Promise.all(buttons.map((button) => button.waitFor()));
      await atOnce(...buttons);

      const { agent } = Object.fromEntries(await centre().event('message.accepted', contact));
      const [first, second] = rivals;
      const [winner, loser] = agent === 'anna' ? rivals : [second, first];
      await interaction(winner[0], contact).waitFor();
      const { name } = winner[1];
      await told(loser[0], `${name} took the conversation with ${contact}`).waitFor();
      await Promise.all(
        [pages.anna, pages.bruno, pages.carla].map((p) => isGone(offer(p, contact))),
      );
      assert.equal(await interaction(loser[0], contact).count(), 0);
      const accepted = centre().crm.requests.filter(
        ({ query }) =>
          query.get('event') === 'message.accepted' && query.get('calleridname') === contact,
      );
      assert.equal(accepted.length, 1);
    });
  }

  it('goes round: each of three agents is offered two of six, and nobody else sees them', async () => {
    const customers = ['Uno', 'Due', 'Tre', 'Quattro', 'Cinque', 'Sei'];
    for (const name of customers) await centre().write('support', name, 'Hello');
    const agents = [pages.anna, pages.bruno, pages.carla];
    const offered = new Map<Page, string[]>();
    for (const page of agents) {
      await page.getByRole('button', { name: 'Accept' }).nth(1).waitFor();
      const groups = page.getByRole('group').filter({ has: page.getByRole('timer') });
      const names = await groups.evaluateAll((all) => all.map(({ ariaLabel }) => ariaLabel ?? ''));
      offered.set(page, names);
    }
    assert.deepEqual([...offered.values()].flat().sort(), customers.toSorted());
    assert.deepEqual(
      agents.map((page) => offered.get(page)?.length),
      [2, 2, 2],
    );
    for (const [page, names] of offered) {
      for (const name of names) {
        await answerOffer(page, name, 'Accept');
        await interaction(page, name).waitFor();
      }
    }
  });

  it('passes an offer on when its time is over, and tells the flow why', async () => {
    await centre().write('hotline', 'Nomvula Dlamini', 'Is anybody there?');
    const first = await centre().event('message.rejected', 'Nomvula Dlamini');
    assert.equal(first.get('reason'), 'timeout');
    const next = first.get('agent') === 'bruno' ? pages.carla : pages.bruno;
    await answerOffer(next, 'Nomvula Dlamini', 'Accept');
    await interaction(next, 'Nomvula Dlamini').waitFor();
    const accepted = await centre().event('message.accepted', 'Nomvula Dlamini');
    assert.notEqual(accepted.get('agent'), first.get('agent'));
  });

  it('offers nothing to an agent on pause, and again when they are ready', async () => {
    await setStatus(pages.anna, 'Pause');
    await centre().write('shop', 'Jürgen Groß', 'Guten Tag');
    await Promise.all(
      [pages.bruno, pages.carla].map((page) => offer(page, 'Jürgen Groß').waitFor()),
    );
    assert.equal(await offer(pages.anna, 'Jürgen Groß').count(), 0);
    await setStatus(pages.anna, 'Ready');
    await offer(pages.anna, 'Jürgen Groß').waitFor();
    await answerOffer(pages.anna, 'Jürgen Groß', 'Accept');
    await isGone(offer(pages.carla, 'Jürgen Groß'));
  });

  it('sends a reply, which comes back as an outgoing message with its ticks', async () => {
    const { anna: page } = pages;
    const contact = 'Siobhán Ní Bhriain';
    await take(page, 'shop', contact, 'Did my parcel leave?');
    const text = 'Yes: it left “yesterday” 📦 <b>& co</b>';
    await reply(page, text);
    const sent = await centre().event('message.outgoing', contact);
    assert.equal(sent.get('text'), text);
    assert.equal(sent.get('agentname'), anna.name);
    await messages(page).getByText(text).waitFor();
    await messages(page).getByText('Read', { exact: true }).waitFor();
    assert.equal(await messages(page).getByText(text).count(), 1);
    assert.equal(await page.getByRole('textbox', { name: 'Reply' }).inputValue(), '');
  });

  it('marks what came unread, until the conversation is opened', async () => {
    const { anna: page } = pages;
    const contact = 'Siobhán Ní Bhriain';
    await take(page, 'shop', 'Tomás Ó Sé');
    await centre().write('shop', contact, 'Thank you!');
    await interaction(page, contact).getByText('1 unread message').waitFor();
    await openInteraction(page, contact);
    await messages(page).getByText('Thank you!').waitFor();
    await isGone(interaction(page, contact).getByText('1 unread message'));
  });

  it('transfers a conversation to a colleague, with all that was said', async () => {
    const contact = 'Ngozi Okafor';
    await take(pages.anna, 'shop', contact, 'I need an invoice.');
    await transfer(pages.anna, bruno.name);
    await isGone(interaction(pages.anna, contact));
    await openInteraction(pages.bruno, contact);
    await messages(pages.bruno).getByText('I need an invoice.').waitFor();
    await reply(pages.bruno, 'Here it is.');
    const sent = await centre().event('message.outgoing', contact);
    assert.equal(sent.get('agentname'), bruno.name);
  });

  it('transfers a conversation to a queue, which offers it anew', async () => {
    const contact = 'Ngozi Okafor';
    await transfer(pages.bruno, 'Shop');
    await isGone(interaction(pages.bruno, contact));
    await answerOffer(pages.carla, contact, 'Accept');
    await openInteraction(pages.carla, contact);
    await messages(pages.carla).getByText('Here it is.').waitFor();
  });

  it('closes a conversation with a reason that the flow is told', async () => {
    await closeInteraction(pages.carla, 'No answer');
    const closed = await centre().event('interaction.closed', 'Ngozi Okafor');
    assert.equal(closed.get('reason'), 'no answer');
    assert.equal(closed.get('agent'), 'carla');
    await isGone(interaction(pages.carla, 'Ngozi Okafor'));
  });

  it('shows the supervisor who is ready and who waits, and lets them assign', async () => {
    const { dora: page } = pages;
    const contact = 'Wei 王伟';
    await setStatus(pages.carla, 'Pause');
    await page.getByRole('button', { name: 'Board' }).click();
    const row = (table: string, name: string) =>
      page
        .getByRole('region', { name: new RegExp(`^${table}`) })
        .getByRole('row', { name })
        .last();
    await row('Agents', carla.name).getByText('On pause').waitFor();
    await row('Agents', anna.name).getByText('Ready').waitFor();
    await centre().write('shop', contact, '我的订单在哪里？');
    await row('Waiting', contact).waitFor();
    await page.getByRole('button', { name: `Assign the conversation with ${contact}` }).click();
    const panel = page.getByRole('dialog', { name: 'Transfer to' });
    await panel.getByRole('combobox').selectOption({ label: carla.name });
    await panel.getByRole('button', { name: 'Transfer now' }).click();
    await interaction(pages.carla, contact).waitFor();
    await messages(page).getByText('我的订单在哪里？').waitFor();
    await page.getByText(`You are reading along. ${carla.name} has this conversation.`).waitFor();
    assert.equal(await page.getByRole('textbox', { name: 'Reply' }).count(), 0);
    await page.getByRole('button', { name: 'Board' }).click();
    await row('Open conversations', contact).getByText(carla.name).waitFor();
    await setStatus(pages.carla, 'Ready');
  });

  it('has no board for those who are no supervisors', async () => {
    assert.equal(await pages.anna.getByRole('button', { name: 'Board' }).count(), 0);
  });

  it('leaves no complaint in any browser', () => {
    assert.deepEqual(centre().complaints(), []);
  });

  it('keeps what an agent is writing over a restart of Node-RED and their next login', async () => {
    const { page } = await centre().arrive(anna);
    const contact = 'Łukasz Żak';
    await take(page, 'shop', contact);
    const box = page.getByRole('textbox', { name: 'Reply' });
    await box.fill('Your parcel is');
    await centre().nodeRed.stop();
    await centre().nodeRed.start();
    await page.getByText('Your session has ended.').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Log in' }).waitFor();
    await centre().comeBack(page, anna);
    await box.waitFor();
    assert.equal(await box.inputValue(), 'Your parcel is');
    await messages(page).getByText('Buongiorno!').waitFor();
  });
});
