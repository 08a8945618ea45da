/**
 * A flow written by hand from the public contract: what a user without the editor would put into
 * flows.json and flows_cred.json.
 */
import { appSecret, businessNumber, phoneNumberId, verifyToken } from '../fixtures/meta.ts';
import { passwordHash } from '../support/agents-page.ts';
import type { Crm } from '../support/crm.ts';
import type { FlowItem } from '../support/node-red-process.ts';

export const agent = { username: 'mrossi', name: 'Maria Rossi', password: 'tre civette sul comò' };

export const popupTemplate =
  '<h1>{{calleridname}}</h1><p id="text">{{text}}</p><p id="queue">{{queue}}</p>' +
  '<img src="x" onerror="top.document.title=1"><script>top.document.title=1</script>';

export const credentials = {
  'shop-number': { appSecret, verifyToken },
  'front-desk': { passwords: JSON.stringify({ [agent.username]: passwordHash(agent.password) }) },
  'forward-message': { token: 'crm-token' },
};

export function mainJobFlow(crm: Crm, script: string): FlowItem[] {
  return [...configuration(crm), ...placed(flowNodes(crm, script))];
}

function flowNodes(crm: Crm, script: string): FlowItem[] {
  return [
    ...chain([
      { id: 'incoming', type: 'whatsapp-in', account: 'shop-number', events: ['message.incoming'] },
      {
        id: 'a-customer-writes',
        type: 'trigger-condition',
        description: 'A customer writes',
        all: [
          { field: 'account', operator: 'equals', value: 'shop-number' },
          { field: 'message', operator: 'equals', value: 'incoming' },
        ],
        any: [
          { field: 'message.text', operator: 'contains', value: 'pacco' },
          { field: 'message.text', operator: 'startsWith', value: 'Ciao' },
        ],
      },
      {
        id: 'show-popup',
        type: 'browser-popup',
        desktop: 'front-desk',
        title: 'Messaggio di {{calleridname}}',
        content: popupTemplate,
        target: 'all',
        repeat: 'stack',
      },
      ...(['dashboard', 'tab', 'window'] as const).map((location) => ctiUrl(crm, location)),
      {
        id: 'forward-message',
        type: 'url-forward',
        method: 'POST',
        url: `${crm.url}/messages?source=whatsapp`,
        eventData: 'all',
        bodyFormat: 'json',
        headers: [{ name: 'X-Queue', value: '{{queue}}' }],
        auth: 'bearer',
        timeout: '5',
        allow: [crm.host],
      },
      { id: 'tell-warehouse', type: 'script', scriptType: 'node', script, timeout: 20 },
      forward('forward-script', crm, '/script-done', 'none'),
    ]),
    ...chain([
      {
        id: 'in-answers',
        type: 'whatsapp-in',
        account: '',
        events: ['message.accepted', 'message.rejected'],
      },
      {
        id: 'is-accepted',
        type: 'trigger-condition',
        all: [{ field: 'message', operator: 'equals', value: 'Accepted ' }],
      },
      forward('forward-accepted', crm, '/accepted', 'all'),
    ]).map((node) =>
      node.id === 'is-accepted'
        ? { ...node, wires: [['forward-accepted'], ['forward-rejected']] }
        : node,
    ),
    forward('forward-rejected', crm, '/rejected', 'all'),
    { id: 'failures', type: 'catch', z: 'job', scope: null, uncaught: false, wires: [['console']] },
    { id: 'console', type: 'debug', z: 'job', console: true, tosidebar: false, complete: 'true' },
  ];
}

function configuration(crm: Crm): FlowItem[] {
  return [
    { id: 'job', type: 'tab', label: 'Main job' },
    {
      id: 'shop-number',
      type: 'whatsapp-account',
      name: 'Negozio',
      key: 'IT1',
      provider: 'meta',
      accountId: phoneNumberId,
      number: businessNumber,
      path: 'main-job',
      queue: 'sales',
    },
    { id: 'sales', type: 'whatsapp-queue', name: 'Sales & Co', desktop: 'front-desk' },
    {
      id: 'front-desk',
      type: 'agent-desktop',
      name: 'Agents',
      path: 'desktop',
      agents: [{ username: agent.username, name: agent.name, role: 'agent' }],
      frames: [crm.host],
    },
  ];
}

function ctiUrl(crm: Crm, location: 'dashboard' | 'tab' | 'window'): FlowItem {
  const query = 'CALLID={{uniqueid}}&CALLER={{calleridnum}}&QUEUE={{queue}}&TEXT={{text}}';
  return {
    id: `cti-${location}`,
    type: 'cti-url',
    desktop: 'front-desk',
    url: `${crm.url}/cti/${location}.html?${query}`,
    eventVariables: false,
    location,
    tabTitle: 'CRM {{calleridname}}',
    target: 'all',
    repeat: 'stack',
  };
}

function forward(id: string, crm: Crm, path: string, eventData: string): FlowItem {
  const url = crm.url + path;
  return { id, type: 'url-forward', z: 'job', method: 'GET', url, eventData, allow: [crm.host] };
}

/** A node without a place in the workspace would be taken for a config node. */
export function placed(nodes: readonly FlowItem[]): FlowItem[] {
  return nodes.map((node, index) => ({ ...node, x: 200, y: 60 * (index + 1) }));
}

/** Wires each node's first output to the next one. */
function chain(nodes: readonly FlowItem[]): FlowItem[] {
  return nodes.map((node, index) => {
    const next = nodes[index + 1];
    return { ...node, z: 'job', wires: next ? [[next.id]] : [] };
  });
}
