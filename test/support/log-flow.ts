/** A shop whose urgent messages go to a sink, with the trigger log read over the admin side. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { RequestHandler } from 'express';
import type { NodeAPI } from 'node-red';
import triggerCondition from '../../nodes/trigger-condition/trigger-condition.ts';
import store from '../../nodes/trigger-store/trigger-store.ts';
import triggerVariables from '../../nodes/trigger-variables/trigger-variables.ts';
import urlForward from '../../nodes/url-forward/url-forward.ts';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import whatsappIn from '../../nodes/whatsapp-in/whatsapp-in.ts';
import type { EventPage, EventSummary, EventTrace } from '../../src/trace/log-types.ts';
import * as meta from '../fixtures/meta.ts';
import {
  core,
  deploy,
  type FlowNode,
  nextInput,
  redeploy,
  runtimeApi,
  serve,
  serveHttpNode,
  settings,
} from './flow.ts';
import { useSink } from './sink.ts';
import { useTempFolder } from './temp-folder.ts';

export interface LogFlow {
  readonly trigger?: object;
  readonly forward?: object;
  readonly store?: object;
  readonly more?: readonly FlowNode[];
}

export const urgent = { field: 'message.text', operator: 'contains', value: 'urgent' };

export function useLogFlow() {
  const sink = useSink();
  const folder = useTempFolder();
  const withheld = new Set<string>();
  let admin = '';
  beforeEach(() => {
    withheld.clear();
    settings({ userDir: folder(), whatsappTriggers: { forward: { schedule: [0.2, 0.2, 0.2] } } });
  });
  afterEach(() => settings({}));

  const permissions = (RED: NodeAPI): void => {
    const needsPermission =
      (permission: string): RequestHandler =>
      (_request, response, next) =>
        withheld.has(permission) ? void response.status(401).end() : next();
    Object.assign(RED, { auth: { needsPermission } });
  };
  const registers = [
    permissions,
    account,
    whatsappIn,
    store,
    triggerCondition,
    triggerVariables,
    urlForward,
    core('function/10-function'),
  ];

  function flow({ trigger, forward, store: kept, more = [] }: LogFlow): FlowNode[] {
    const z = 'tab';
    const to = { url: `${sink().url}?TEXT={{text}}`, allow: ['127.0.0.1'] };
    return [
      { id: 'tab', type: 'tab', label: 'Test' },
      { id: 'store', type: 'trigger-store', file: join(folder(), 'kept.sqlite'), ...kept },
      {
        id: 'shop',
        type: 'whatsapp-account',
        name: 'Shop Milano',
        provider: 'meta',
        accountId: meta.phoneNumberId,
        number: meta.businessNumber,
        path: 'a-path',
        store: 'store',
      },
      { id: 'in', type: 'whatsapp-in', z, name: 'All', account: 'shop', wires: [['urgent']] },
      {
        id: 'urgent',
        type: 'trigger-condition',
        z,
        name: 'Urgent?',
        all: [urgent],
        wires: [['crm'], ['rest']],
        ...trigger,
      },
      { id: 'crm', type: 'url-forward', z, name: 'CRM', ...to, ...forward, wires: [['done']] },
      { id: 'done', type: 'helper', z },
      { id: 'rest', type: 'helper', z },
      ...more,
    ];
  }

  const secrets = { shop: { appSecret: meta.appSecret, verifyToken: meta.verifyToken } };

  async function start(parts: LogFlow = {}): Promise<void> {
    await deploy(registers, flow(parts), secrets);
    admin = `${await serve(runtimeApi().httpAdmin)}/whatsapp-triggers/log`;
  }

  async function change(parts: LogFlow): Promise<void> {
    await redeploy(flow(parts), 'full', secrets);
  }

  async function post(body: Buffer<ArrayBuffer>, secret?: string): Promise<number> {
    const url = `${await serveHttpNode()}/whatsapp/a-path`;
    const { status } = await fetch(url, {
      method: 'POST',
      body,
      headers: meta.headers(body, secret),
    });
    return status;
  }

  /** A customer writes; resolves when the message is at that end of the flow. */
  async function write(text: string, end: 'done' | 'rest', person = meta.giulia): Promise<void> {
    const arrival = nextInput(end);
    await post(meta.textWebhook(text, person));
    await arrival;
  }

  const get = (path: string): Promise<Response> => fetch(`${admin}/${path}`);
  const send = (path: string, body: unknown, more: RequestInit = {}): Promise<Response> =>
    fetch(`${admin}/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      ...more,
    });

  async function page(query = ''): Promise<EventPage> {
    const answer = await get(`events${query}`);
    assert.equal(answer.status, 200);
    return (await answer.json()) as EventPage;
  }
  /** The newest event. */
  async function newest(): Promise<EventSummary> {
    const [first] = (await page()).events;
    assert.ok(first, 'The log is empty.');
    return first;
  }
  async function trace(id: string): Promise<EventTrace> {
    return (await (await get(`events/${id}`)).json()) as EventTrace;
  }

  return { sink, folder, withheld, start, change, post, write, get, send, page, newest, trace };
}
