/** A morning at the agents' page: an English agent, an Italian one, a narrow window, their supervisor. */
import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { answerOffer, dashboardTab, offer, popup } from '../test/support/agents-page.ts';
import {
  type AgentAtWork,
  comeIn,
  interaction,
  messages,
  openInteraction,
  reply,
  setStatus,
} from '../test/support/agents-at-work.ts';
import { createIssuer } from '../test/support/tokens.ts';
import { lens, type Scheme, take } from './screenshots-camera.ts';
import type { Demo } from './start-demo.ts';

const issuer = createIssuer('ES256');
const staff = [
  { username: 'ada', name: 'Ada Rossi', role: 'agent' },
  { username: 'luca', name: 'Luca Bianchi', role: 'agent' },
  { username: 'sofia', name: 'Sofia Moretti', role: 'agent' },
  { username: 'pietro', name: 'Pietro Galli', role: 'agent' },
  { username: 'giulia', name: 'Giulia Verdi', role: 'supervisor' },
] as const;
type Username = (typeof staff)[number]['username'];

const chiara = "Chiara D'Angelo";
const zoe = 'Zoë Müller-Weiß';
const tomas = 'Tomás Ó Sé';
const nomvula = 'Nomvula Dlamini';
const nicolo = 'Nicolò Dall’Acqua';
const marta = 'Marta Quaranta';
const beatrice = 'Beatrice Lo Cascio';

/** Gives the demo's desktop more agents, who come in with a token; their tabs have the customers' names. */
export async function addStaff({ folder }: Demo): Promise<void> {
  const file = join(folder, 'flows.json');
  const flows: { id: string }[] = JSON.parse(await readFile(file, 'utf8'));
  const changes: Record<string, object> = {
    'demo-desktop': {
      name: 'Customer care',
      agents: staff,
      signOn: 'jwt',
      jwtKey: issuer.publicKey,
    },
    'demo-queue': { agents: ['ada', 'luca', 'sofia', 'pietro'] },
    'demo-cti': { tabTitle: '{{calleridname}}' },
  };
  const changed = flows.map((node) => ({ ...node, ...changes[node.id] }));
  await writeFile(file, JSON.stringify(changed));
}

export async function takeDesktop(base: string, scheme: Scheme): Promise<void> {
  const arrive = (username: Username, options: BrowserContextOptions): Promise<AgentAtWork> =>
    comeIn(`${base}/desktop/`, issuer.issue({ sub: username, jti: randomUUID() }), options);
  const wide = lens(scheme, 1440, 900);
  const ada = await arrive('ada', wide);
  const luca = await arrive('luca', { ...wide, locale: 'it-IT' });
  const giulia = await arrive('giulia', wide);
  await setStatus(giulia.page, 'Pause');
  await talkWithChiara(base, ada.page);
  await talkWithNicolo(base, luca.page);
  await moreForAda(base, ada.page);
  await write(base, nomvula, 'Hi, is the blue one in stock again?');
  await offer(ada.page, nomvula).waitFor();
  await popup(ada.page, nomvula).waitFor();
  await dismissNotices(ada.page);
  await take(ada.page, 'agents-page', scheme);
  const sofia = await arrive('sofia', lens(scheme, 360, 740));
  await takeNarrow(base, sofia.page, scheme);
  await write(base, beatrice, 'Buonasera, spedite anche in Svizzera?');
  await offer(luca.page, beatrice).waitFor();
  await popup(luca.page, beatrice).waitFor();
  await dismissNotices(luca.page);
  await take(luca.page, 'agents-page-italian', scheme);
  await takeBoard(giulia.page, scheme);
  for (const agent of [ada, luca, giulia, sofia]) await agent.close();
}

async function talkWithChiara(base: string, page: Page): Promise<void> {
  await write(base, chiara, 'Good morning! Has my order 9/9 left already?');
  await answerOffer(page, chiara, 'Accept');
  await openInteraction(page, chiara);
  await dashboardTab(page, chiara).waitFor();
  await reply(page, 'Good morning Chiara! It left our warehouse yesterday evening.');
  await messages(page).getByText('Read', { exact: true }).waitFor();
  await reply(page, 'The courier brings it tomorrow between 9 and 13.');
  await messages(page).getByText('Read', { exact: true }).nth(1).waitFor();
  await write(
    base,
    chiara,
    'Wonderful, thank you! Could it come after six? Nobody is at home before.',
  );
  await messages(page).getByText('Could it come after six?').waitFor();
  await closePopups(page);
}

async function talkWithNicolo(base: string, page: Page): Promise<void> {
  await write(base, nicolo, 'Buongiorno, dov’è il mio ordine 9/9? Lo aspettavo ieri.');
  await offer(page, nicolo).getByRole('button', { name: 'Accetta' }).click();
  await messages(page).waitFor();
  await page
    .getByRole('textbox', { name: 'Risposta' })
    .fill('Buongiorno Nicolò! È partito ieri sera, arriva domani mattina.');
  await page.getByRole('button', { name: 'Invia' }).click();
  await messages(page).getByText('Letto', { exact: true }).waitFor();
  await write(base, nicolo, 'Perfetto, grazie mille!');
  await messages(page).getByText('Perfetto').waitFor();
  await write(base, marta, 'Potete cambiare l’indirizzo di consegna?');
  await offer(page, marta).getByRole('button', { name: 'Accetta' }).click();
  await dashboardTab(page, marta).waitFor();
  await interaction(page, nicolo).click();
  await dashboardTab(page, nicolo).click();
  await closePopups(page);
}

/** One who has written again since, and one who has sent a picture. */
async function moreForAda(base: string, page: Page): Promise<void> {
  await write(base, zoe, 'Hallo, I got the wrong size.');
  await answerOffer(page, zoe, 'Accept');
  await interaction(page, zoe).waitFor();
  await write(base, tomas, 'The box arrived like this…');
  await answerOffer(page, tomas, 'Accept');
  await openInteraction(page, chiara);
  await write(base, zoe, 'Can I send it back?');
  await interaction(page, zoe).getByText('Can I send it back?').waitFor();
  await page.getByRole('textbox', { name: 'Reply' }).fill('Of course: I have asked for');
  await dashboardTab(page, chiara).click();
  await closePopups(page);
}

async function takeBoard(page: Page, scheme: Scheme): Promise<void> {
  await page.getByRole('button', { name: 'Board' }).click();
  await page.getByRole('row', { name: beatrice }).first().waitFor();
  await take(page, 'agents-board', scheme);
}

async function takeNarrow(base: string, page: Page, scheme: Scheme): Promise<void> {
  await answerOffer(page, nomvula, 'Accept');
  await dashboardTab(page, nomvula).waitFor();
  await page.getByRole('button', { name: 'Conversations' }).click();
  await messages(page).waitFor();
  await reply(page, 'Hello Nomvula! Yes, since this morning, in all sizes.');
  await messages(page).getByText('Read', { exact: true }).waitFor();
  await write(base, nomvula, 'Great. Keep one in M for me, please 😊');
  await messages(page).getByText('Keep one in M').waitFor();
  await closePopups(page);
  await page.mouse.move(180, 300);
  await take(page, 'agents-page-narrow', scheme);
}

/** Of popups that went to colleagues with their conversations. */
async function dismissNotices(page: Page): Promise<void> {
  const dismiss = page.getByRole('button', { name: /^(Dismiss|Chiudi avviso)$/ });
  while ((await dismiss.count()) > 0) await dismiss.first().click();
}

/** They have been read. */
async function closePopups(page: Page): Promise<void> {
  const close = page.getByRole('dialog').getByRole('button', { name: /^(Close|Chiudi) / });
  await close.first().waitFor();
  while ((await close.count()) > 0) await close.first().click();
}

/** A customer sends a message. */
export async function write(base: string, name: string, text: string): Promise<void> {
  const phone = `+39347555${2100 + 37 * [...customers.add(name)].indexOf(name)}`;
  const answer = await fetch(`${base}/whatsapp-triggers/simulator/send`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      account: 'demo-account',
      customer: { name, phone },
      happening: { kind: 'text', text },
    }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

const customers = new Set<string>();
