import { join } from 'node:path';
import triggerCondition from '../../nodes/trigger-condition/trigger-condition.ts';
import triggerStore from '../../nodes/trigger-store/trigger-store.ts';
import triggerVariables from '../../nodes/trigger-variables/trigger-variables.ts';
import account from '../../nodes/whatsapp-account/whatsapp-account.ts';
import { core, type FlowNode, nextInput, node, type TestMessage } from './flow.ts';

export const registers = [
  triggerCondition,
  triggerVariables,
  triggerStore,
  account,
  core('common/24-complete'),
  core('common/25-catch'),
];
export const opened = { field: 'interaction', operator: 'equals', value: 'opened' };
export const incoming = { field: 'message', operator: 'equals', value: 'incoming' };
export const onSales = { field: 'account', operator: 'equals', value: 'acc1' };

/** A node without a place on the workspace would count as a config node. */
const placed = { z: 'tab', x: 0, y: 0 };
export const trigger = (id: string, properties: object): FlowNode => ({
  ...placed,
  id,
  type: 'trigger-condition',
  name: 'New customer',
  wires: [['met'], ['notMet']],
  ...properties,
});
export const flow = (properties: object, ...others: readonly FlowNode[]): FlowNode[] => [
  { id: 'tab', type: 'tab' },
  trigger('trigger', properties),
  { ...placed, id: 'met', type: 'helper' },
  { ...placed, id: 'notMet', type: 'helper' },
  { ...placed, id: 'catcher', type: 'catch', scope: ['trigger'], wires: [['caught']] },
  { ...placed, id: 'caught', type: 'helper' },
  { ...placed, id: 'completer', type: 'complete', scope: ['trigger'], wires: [['completed']] },
  { ...placed, id: 'completed', type: 'helper' },
  ...others,
];
export const sales = (folder: string): FlowNode[] => [
  { id: 'store', type: 'trigger-store', file: join(folder, 'store.sqlite') },
  {
    id: 'acc1',
    type: 'whatsapp-account',
    name: 'Sales line',
    key: 'SALES',
    provider: 'meta',
    accountId: '1234567890',
    path: 'a-long-random-path',
    store: 'store',
  },
];
export const credentials = { acc1: { appSecret: 'secret', verifyToken: 'token' } };
export const declared = (...variables: readonly object[]): FlowNode => ({
  id: 'declared',
  type: 'trigger-variables',
  variables,
});

/** Sends a message to the trigger and answers what comes out of `output`. */
export function through(output: 'met' | 'notMet' | 'caught', msg: object): Promise<TestMessage> {
  const arrival = nextInput(output);
  node('trigger').receive(msg);
  return arrival;
}

/** What the trigger gave to a method that all nodes share. */
export function callsOf(method: 'status' | 'error'): any[] {
  const { args, thisValues } = node('trigger')[method] as any;
  return args.filter((_: unknown, i: number) => thisValues[i].id === 'trigger').flat();
}

export const firstStatus = () => callsOf('status')[0];
