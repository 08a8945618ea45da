/** One account of each provider, one flow for all of them: answer who asks for a parcel, tell the CRM everything. */
import type { Crm } from '../support/crm.ts';
import type { FlowItem } from '../support/node-red-process.ts';
import type { Counterpart } from './counterparts/counterpart.ts';
import { placed } from './main-job-flow.ts';

export interface Line {
  readonly counterpart: Counterpart;
  /** Where its interface listens, if it has one outside. */
  readonly apiUrl: string;
}

export function credentialsOf(lines: readonly Line[]) {
  return Object.fromEntries(
    lines.map(({ counterpart: { name, credentials } }) => [idOf(name), credentials]),
  );
}

export function providersFlow(crm: Crm, lines: readonly Line[]): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'Every provider' },
    ...lines.map(accountOf),
    ...placed([
      {
        ...inTab('in', 'whatsapp-in'),
        account: '',
        delivery: true,
        wires: [['events', 'asks'], ['deliveries']],
      },
      { ...inTab('asks', 'trigger-condition', 'quote'), ...asksForAParcel },
      { ...inTab('quote', 'change', 'answer'), rules: [quoteTheMessage] },
      { ...inTab('answer', 'whatsapp-out', 'answered'), text: 'Abbiamo letto «{{text}}» 👍🏽' },
      forward('answered', '/answered?sent={{sent.id}}', crm),
      forward('events', '/events', crm),
      forward('deliveries', '/deliveries', crm),
      { ...inTab('failures', 'catch', 'failed'), scope: null, uncaught: false },
      forward('failed', '/failed?why={{error.message}}', crm),
    ]),
  ];
}

function accountOf({ counterpart: { name, account }, apiUrl }: Line): FlowItem {
  return { id: idOf(name), type: 'whatsapp-account', name, provider: name, ...account, apiUrl };
}

/** A property of a config node that is the id of one is taken for a dependency: `provider`, here. */
function idOf(name: string): string {
  return `account-${name}`;
}

const asksForAParcel = {
  description: 'A customer asks for a parcel where we can answer',
  all: [
    { field: 'message', operator: 'equals', value: 'incoming' },
    { field: 'message.text', operator: 'contains', value: 'pacco' },
    { field: 'account', operator: 'notEquals', value: idOf('generic') },
  ],
};

const quoteTheMessage = {
  t: 'set',
  p: 'replyTo',
  pt: 'msg',
  to: 'payload.message.id',
  tot: 'msg',
};

function inTab(id: string, type: string, ...next: readonly string[]): FlowItem {
  return { id, type, z: 'tab', wires: [next] };
}

function forward(id: string, path: string, crm: Crm): FlowItem {
  const url = crm.url + path;
  return { ...inTab(id, 'url-forward'), url, allow: [crm.host] };
}
