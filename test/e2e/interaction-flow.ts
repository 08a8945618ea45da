/** A customer who asks for something by its name gets it; the CRM is told every event, and what was done. */
import { appSecret, businessNumber, phoneNumberId, verifyToken } from '../fixtures/meta.ts';
import type { Crm } from '../support/crm.ts';
import { graphToken } from '../support/fake-graph.ts';
import type { FlowItem } from '../support/node-red-process.ts';
import type { Sink } from '../support/sink.ts';
import { agent, placed } from './main-job-flow.ts';

export const credentials = {
  shop: { appSecret, verifyToken, accessToken: graphToken },
};

export interface Outside {
  readonly crm: Crm;
  /** Where a message goes after it was answered. */
  readonly after: Sink;
  readonly graphUrl: string;
}

export function interactionFlow({ crm, after, graphUrl }: Outside): FlowItem[] {
  return [
    { id: 'tab', type: 'tab', label: 'The life of an interaction' },
    {
      id: 'shop',
      type: 'whatsapp-account',
      name: 'Shop',
      provider: 'meta',
      accountId: phoneNumberId,
      number: businessNumber,
      path: 'life',
      apiUrl: graphUrl,
    },
    {
      id: 'front-desk',
      type: 'agent-desktop',
      path: 'desktop',
      agents: [{ username: agent.username, name: agent.name, role: 'agent' }],
    },
    ...placed([
      {
        ...node('in', 'whatsapp-in', 'events', 'remember?', 'assign?', 'close?', 'answer?'),
        account: 'shop',
      },
      forward('events', `${crm.url}/events`),
      ...onRequest('remember', 'acted', {
        type: 'interaction',
        action: 'variables',
        variables: [{ name: 'ORDER', value: 'Nº {{messageid}}' }],
      }),
      ...onRequest('assign', 'acted', {
        type: 'interaction',
        action: 'assign',
        agent: agent.username,
      }),
      ...onRequest('close', 'acted', { type: 'interaction', action: 'close', reason: 'solved' }),
      ...onRequest('answer', 'after', { type: 'whatsapp-out', text: 'Ecco: «{{text}}»' }),
      forward('acted', `${crm.url}/acted`),
      {
        ...forward('after', `${after.url}/?sent={{sent.id}}&again={{payload.redelivered}}`),
        retry: 'none',
      },
      { ...node('failures', 'catch', 'failed'), scope: null, uncaught: false },
      forward('failed', `${crm.url}/failed?why={{error.message}}`),
    ]),
  ];
}

/** The customer writes the name of what is to be done, and perhaps more behind it. */
function onRequest(name: string, next: string, action: object): FlowItem[] {
  const all = [
    { field: 'message', operator: 'equals', value: 'incoming' },
    { field: 'message.text', operator: 'startsWith', value: name },
  ];
  return [
    { ...node(`${name}?`, 'trigger-condition', name), all },
    { ...node(name, '', next), ...action },
  ];
}

function forward(id: string, url: string): FlowItem {
  return { ...node(id, 'url-forward'), url, allow: ['127.0.0.1'] };
}

function node(id: string, type: string, ...next: readonly string[]): FlowItem {
  return { id, type, z: 'tab', wires: [next] };
}
