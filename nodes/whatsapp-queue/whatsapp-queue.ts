import type { Node, NodeAPI, NodeDef } from 'node-red';
import * as v from 'valibot';
import { asTriggerError, TriggerError } from '../../src/errors.ts';
import { houseOf } from '../shared/house.ts';
import { choice, list, readConfig, whole, words } from '../shared/schema.ts';

const schema = v.object({
  name: words(),
  desktop: words(),
  strategy: choice(['everyone', 'roundRobin', 'leastRecent'], 'everyone'),
  timeout: whole(30, 1, 86_400),
  agents: list(words()),
});

type QueueConfig = v.InferOutput<typeof schema>;

export default function register(RED: NodeAPI): void {
  function WhatsAppQueueNode(this: Node, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      go(RED, this, readConfig(schema, saved));
    } catch (error) {
      this.error(asTriggerError(error, 'E_CONFIG'));
    }
  }
  RED.nodes.registerType('whatsapp-queue', WhatsAppQueueNode);
}

function go(RED: NodeAPI, node: Node, config: QueueConfig): void {
  const { desktops, queues } = houseOf(RED);
  const { name, desktop: desktopId, strategy, timeout } = config;
  const desktop = desktops.get(desktopId);
  if (!desktop) {
    throw new TriggerError('E_CONFIG', 'The agent-desktop node it uses is missing or not running.');
  }
  const agents = config.agents.map((username) => username.trim()).filter((text) => text !== '');
  warnOfUnknown(
    node,
    agents,
    desktop.agents.map(({ username }) => username),
  );
  queues.set(node.id, {
    id: node.id,
    name: name || node.id,
    desktopId,
    strategy,
    timeout,
    agents,
  });
  desktop.offersChanged();
  node.on('close', (done: () => void) => {
    queues.delete(node.id);
    desktops.get(desktopId)?.offersChanged();
    done();
  });
}

function warnOfUnknown(node: Node, named: readonly string[], known: readonly string[]): void {
  const unknown = named.filter((username) => !known.includes(username));
  if (unknown.length === 0) return;
  node.warn(`The agent desktop has no such agents: ${unknown.join(', ')}`);
}
