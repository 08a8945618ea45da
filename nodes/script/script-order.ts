import { randomUUID } from 'node:crypto';
import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import { isEvent } from '../../src/event/event.ts';
import { scriptEnvironment } from '../../src/script/environment.ts';
import { eventDocument } from '../../src/script/event-document.ts';
import { eventKey } from '../../src/script/event-key.ts';
import type { ScriptOrder } from '../../src/script/wire.ts';
import { flatVariables } from '../shared/variables/variables.ts';
import type { ScriptConfig } from './script-config.ts';

/** One run of a node's script for a message. */
export function orderFor(
  RED: NodeAPI,
  node: Node,
  msg: NodeMessageInFlow,
  config: ScriptConfig,
  folders: readonly string[],
): ScriptOrder {
  const { payload, _msgid: messageId } = msg;
  const variables = Object.fromEntries(flatVariables(RED, msg).list());
  const runId = randomUUID();
  const key = eventKey(isEvent(payload) ? payload.id : messageId, node.id);
  return {
    runId,
    type: config.scriptType,
    path: config.script,
    folders,
    timeout: Math.ceil(config.timeout * 1000),
    environment: scriptEnvironment(variables, { eventKey: key, runId }),
    stdin: eventDocument(payload, variables),
  };
}
