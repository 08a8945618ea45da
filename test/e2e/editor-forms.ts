/** What a flow builder enters into the forms of the editor spec, and what the flow then says. */
import type { Locator, Page } from 'playwright-core';
import { appSecret, phoneNumberId, verifyToken } from '../fixtures/meta.ts';
import { addConfig, addRow, configDone, control, fillCode } from '../support/editor.ts';
import type { FlowItem } from '../support/node-red-process.ts';

export const agent = { username: 'lbianchi', name: 'Luca Bianchi', password: 'sette pinguini' };
export const secrets = [appSecret, verifyToken, 'crm-token', '$scrypt$'];
const accountName = 'Negozio "Più & Meglio"';

/** An account with its queue and desktop, from the selector in the form of whatsapp-in. */
export async function makeAccount(page: Page, crmHost: string): Promise<void> {
  const account = await addConfig(page, 'account');
  await control(account, 'provider').selectOption('meta');
  await control(account, 'name').fill(accountName);
  await control(account, 'key').fill('IT1');
  await control(account, 'accountId').fill(phoneNumberId);
  await control(account, 'number').fill('+39 02 1234');
  await control(account, 'path').fill('by-hand');
  await control(account, 'verifyToken').fill(verifyToken);
  await control(account, 'appSecret').fill(appSecret);

  const queue = await addConfig(page, 'queue', 'node-config');
  await control(queue, 'name').fill('Vendite');
  await fillDesktop(await addConfig(page, 'desktop', 'node-config'), crmHost);
  for (let form = 0; form < 3; form += 1) await configDone(page);
}

async function fillDesktop(desktop: Locator, crmHost: string): Promise<void> {
  await control(desktop, 'path').fill('sportello');
  const row = await addRow(desktop, 'agent-desktop-agents');
  await row.getByLabel('User name').fill(agent.username);
  await row.getByLabel('Name', { exact: true }).fill(agent.name);
  await row.getByLabel('Password').fill(agent.password);
  await row.getByLabel('Password').press('Tab');
  await row.getByText('New password').waitFor();
  await (await addRow(desktop, 'agent-desktop-frames')).getByLabel(/^Host/).fill(crmHost);
}

export async function fillConditions(form: Locator): Promise<void> {
  await addCondition(form, 'all', 'Account', 'equals', { label: accountName });
  await addCondition(form, 'all', 'Message', 'not equals', { label: 'Rejected' });
  await addCondition(form, 'any', 'Interaction', 'equals', { label: 'Opened' });
  await addCondition(form, 'any', 'Message text', 'contains', 'ordine');
}

async function addCondition(
  form: Locator,
  list: 'all' | 'any',
  field: string,
  operator: string,
  value: string | { readonly label: string },
): Promise<void> {
  const row = await addRow(form, `trigger-condition-${list}`);
  await row.getByLabel('Field').selectOption({ label: field });
  await row.getByLabel('Operator').selectOption({ label: operator });
  const control = row.getByLabel('Value');
  if (typeof value === 'string') await control.fill(value);
  else await control.selectOption(value);
}

export async function fillPopup(form: Locator): Promise<void> {
  await control(form, 'desktop').selectOption({ index: 0 });
  await control(form, 'title').fill('Da {{calleridname}}');
  await fillCode(form.page(), 'browser-popup-content', '<p id="text">{{text}}</p>');
  await control(form, 'target').selectOption('all');
}

export async function fillCtiUrl(form: Locator, crmUrl: string): Promise<void> {
  await control(form, 'desktop').selectOption({ index: 0 });
  await control(form, 'url').fill(`${crmUrl}/cti?CALLID={{uniqueid}}#top`);
  await form.getByLabel('Event Variables').selectOption('yes');
  await control(form, 'location').selectOption('dashboard');
  await control(form, 'tabTitle').fill('Cliente {{calleridname}}');
  await control(form, 'target').selectOption('all');
}

export async function fillForward(form: Locator, crmUrl: string, crmHost: string): Promise<void> {
  await control(form, 'method').selectOption('POST');
  await control(form, 'url').fill(`${crmUrl}/messages`);
  await control(form, 'bodyFormat').selectOption('json');
  await control(form, 'timeout').fill('7');
  await control(form, 'auth').selectOption('bearer');
  await control(form, 'token').fill('crm-token');
  const header = await addRow(form, 'url-forward-headers');
  await header.getByLabel('Header').fill('X-Agent');
  await header.getByLabel('Value').fill('{{agent}}');
  await (await addRow(form, 'url-forward-allow')).getByLabel(/^Host/).fill(crmHost);
}

export async function fillScript(form: Locator, path: string): Promise<void> {
  await control(form, 'scriptType').selectOption('sh');
  await control(form, 'info').fill('Tells the warehouse');
  await control(form, 'script').fill(path);
  await control(form, 'timeout').fill('9');
}

type Expected = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The properties, in the words of the contract, that the forms must have saved, by type. */
export function expectedFlow(
  flows: readonly FlowItem[],
  crm: { readonly url: string; readonly host: string },
  script: string,
): Expected {
  const id = (type: string) => flows.find((node) => node.type === type)?.id;
  return {
    'whatsapp-account': {
      name: accountName,
      key: 'IT1',
      provider: 'meta',
      accountId: phoneNumberId,
      number: '+39 02 1234',
      path: 'by-hand',
      closeAfter: 1440,
      queue: id('whatsapp-queue'),
      store: '',
    },
    'whatsapp-queue': { name: 'Vendite', desktop: id('agent-desktop'), strategy: 'everyone' },
    'agent-desktop': {
      path: 'sportello',
      agents: [{ username: agent.username, name: agent.name, role: 'agent' }],
      frames: [crm.host],
      origins: [],
    },
    'whatsapp-in': {
      account: id('whatsapp-account'),
      events: ['interaction.opened', 'message.incoming'],
      delivery: true,
      raw: false,
      wires: [[id('trigger-condition')], []],
    },
    'trigger-condition': {
      enabled: true,
      description: 'A customer writes about an order',
      all: [
        { field: 'account', operator: 'equals', value: id('whatsapp-account') },
        { field: 'message', operator: 'notEquals', value: 'rejected' },
      ],
      any: [
        { field: 'interaction', operator: 'equals', value: 'opened' },
        { field: 'message.text', operator: 'contains', value: 'ordine' },
      ],
    },
    'browser-popup': {
      desktop: id('agent-desktop'),
      template: '',
      title: 'Da {{calleridname}}',
      content: '<p id="text">{{text}}</p>',
      target: 'all',
      repeat: 'once',
      ttl: 120,
    },
    'cti-url': {
      desktop: id('agent-desktop'),
      url: `${crm.url}/cti?CALLID={{uniqueid}}#top`,
      eventVariables: true,
      location: 'dashboard',
      tabTitle: 'Cliente {{calleridname}}',
      target: 'all',
    },
    'url-forward': {
      method: 'POST',
      url: `${crm.url}/messages`,
      eventData: 'all',
      bodyFormat: 'json',
      headers: [{ name: 'X-Agent', value: '{{agent}}' }],
      auth: 'bearer',
      timeout: 7,
      allow: [crm.host],
    },
    script: {
      scriptType: 'sh',
      info: 'Tells the warehouse',
      script,
      timeout: 9,
      onFailure: 'error',
    },
  };
}
