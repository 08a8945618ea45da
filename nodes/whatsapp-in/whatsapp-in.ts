import type { Node, NodeAPI, NodeDef, NodeMessage } from 'node-red';
import * as v from 'valibot';
import { asTriggerError } from '../../src/errors.ts';
import { copyEvent } from '../../src/event/copy-event.ts';
import { eventNames, type WhatsAppEvent } from '../../src/event/event.ts';
import { standardVariables } from '../../src/event/standard-variables.ts';
import { accountOf } from '../shared/account.ts';
import { fly } from '../shared/flights.ts';
import { houseOf } from '../shared/house.ts';
import { recordTaken } from '../shared/log/record-events.ts';
import { refuse } from '../shared/refuse.ts';
import { flag, list, readConfig, words } from '../shared/schema.ts';
import { dryMark } from '../shared/simulator/dry-run.ts';
import { showAccount } from './account-status.ts';

const schema = v.object({
  account: words(),
  events: list(v.picklist(eventNames, `must be one of ${eventNames.join(', ')}`)),
  delivery: flag(false),
  raw: flag(false),
});

type Config = v.InferOutput<typeof schema>;

export default function register(RED: NodeAPI): void {
  function WhatsAppInNode(this: Node, def: NodeDef) {
    RED.nodes.createNode(this, def);
    try {
      open(RED, this, readConfig(schema, def));
    } catch (error) {
      refuse(RED, this, asTriggerError(error, 'E_CONFIG'));
    }
  }
  RED.nodes.registerType('whatsapp-in', WhatsAppInNode);
}

function open(RED: NodeAPI, node: Node, config: Config): void {
  const house = houseOf(RED);
  if (config.account !== '') accountOf(RED, config.account);
  const status = showAccount(RED, node, config.account);
  house.inlets.set(node.id, {
    id: node.id,
    raw: config.raw,
    wants: (event) => wants(config, event),
    take: async (event) => {
      status.took();
      recordTaken(RED, node, event, 'taken');
      const landing = await fly(RED, () => node.send(outputs(config, event)), event.dryRun);
      if (landing === 'let go') recordTaken(RED, node, event, 'letGo');
      status.landed(landing);
      return landing;
    },
  });
  node.on('input', (_msg, _send, done) => done());
  node.on('close', () => {
    status.stop();
    house.inlets.delete(node.id);
  });
}

function wants({ account, events, delivery }: Config, event: WhatsAppEvent): boolean {
  if (account !== '' && account !== event.account.id) return false;
  if (event.name === 'delivery') return delivery;
  const { name, interaction } = event;
  if (events.length === 0 || events.includes(name)) return true;
  return interaction.change === 'opened' && events.includes('interaction.opened');
}

/** Output 1 carries what triggers ask for, output 2 what became of our messages. */
function outputs(config: Config, event: WhatsAppEvent): NodeMessage | (NodeMessage | null)[] {
  const msg = message(config, event);
  if (!config.delivery) return msg;
  return event.name === 'delivery' ? [null, msg] : [msg, null];
}

function message({ raw }: Config, event: WhatsAppEvent): NodeMessage {
  const { raw: own, ...rest } = event;
  const payload = copyEvent(raw && own !== undefined ? event : rest);
  // What the flow has set for the interaction never hides what the event itself says.
  const variables = { ...event.interaction.variables, ...standardVariables(event) };
  const msg = { topic: event.name, payload, variables, ...dryMark(event) };
  return msg;
}
