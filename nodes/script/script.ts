import type { Node, NodeAPI, NodeMessageInFlow, NodeStatus } from 'node-red';
import { randomUUID } from 'node:crypto';
import { asTriggerError, type TriggerError } from '../../src/errors.ts';
import { isEvent } from '../../src/event/event.ts';
import { admitScript } from '../../src/script/admission.ts';
import { scriptEnvironment } from '../../src/script/environment.ts';
import { eventDocument } from '../../src/script/event-document.ts';
import { eventKey } from '../../src/script/event-key.ts';
import { failureOf } from '../../src/script/failure.ts';
import { openRunner } from '../../src/script/runner.ts';
import type { ScriptOrder, ScriptResult } from '../../src/script/wire.ts';
import { onInput } from '../shared/input.ts';
import { refuse } from '../shared/refuse.ts';
import { pacedStatus } from '../shared/paced-status.ts';
import { flatVariables } from '../shared/variables.ts';
import { allowedFolders, readScript, type ScriptConfig } from './script-config.ts';

type ScriptMessage = NodeMessageInFlow & { script?: ScriptResult };

export default function register(RED: NodeAPI): void {
  RED.nodes.registerType('script', function (this: Node, saved) {
    RED.nodes.createNode(this, saved);
    try {
      start(RED, this, readScript(saved), allowedFolders(RED.settings));
    } catch (error) {
      refuse(this, asTriggerError(error, 'E_CONFIG'));
    }
  });
}

function start(RED: NodeAPI, node: Node, config: ScriptConfig, folders: readonly string[]): void {
  const runner = openRunner();
  const status = createStatus(RED, node);
  status.found(faultOf(config, folders));

  onInput(node, { code: 'E_SCRIPT_EXIT' }, async (msg: ScriptMessage, { signal }) => {
    const order = orderFor(RED, node, msg, config, folders);
    status.began();
    const outcome = await runner.run(order, signal);
    const failure = failureOf(outcome, config.timeout);
    if (!signal.aborted) status.ended(failure);
    delete msg.script;
    if ('result' in outcome) msg.script = outcome.result;
    if (failure && !(config.onFailure === 'continue' && 'result' in outcome)) throw failure;
    return msg;
  });
  node.on('close', (done: () => void) => {
    runner.close().then(done, done);
  });
}

/** Told at deploy, but not for good: a file may be put right at any time, and every run looks again. */
function faultOf(config: ScriptConfig, folders: readonly string[]): TriggerError | undefined {
  try {
    admitScript({ type: config.scriptType, path: config.script, folders });
    return undefined;
  } catch (error) {
    return asTriggerError(error, 'E_SCRIPT_DENIED');
  }
}

function orderFor(
  RED: NodeAPI,
  node: Node,
  msg: NodeMessageInFlow,
  config: ScriptConfig,
  folders: readonly string[],
): ScriptOrder {
  const { payload, _msgid: messageId } = msg;
  const variables = flatVariables(RED, msg);
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

/** How many messages are under way; with none, how the last one ended. */
function createStatus(RED: NodeAPI, node: Node) {
  const show = pacedStatus(node);
  let running = 0;

  function showRunning(): void {
    show(() => ({
      fill: 'blue',
      shape: 'dot',
      text: RED._('script.status.running', { running }),
    }));
  }

  const done = (): NodeStatus => ({
    fill: 'green',
    shape: 'dot',
    text: RED._('script.status.done'),
  });

  const failed = ({ statusKey }: TriggerError): NodeStatus => ({
    fill: 'red',
    shape: 'ring',
    text: RED._(`script.error.${statusKey}`),
  });

  return {
    found(fault: TriggerError | undefined) {
      if (!fault) return;
      show(
        () => ({ fill: 'red', shape: 'ring', text: `${fault.code}: ${fault.message}` }),
        'alarm',
      );
      node.error(fault);
    },
    began() {
      running += 1;
      showRunning();
    },
    ended(failure: TriggerError | undefined) {
      running -= 1;
      if (running > 0) showRunning();
      else if (failure) show(() => failed(failure), 'alarm');
      else show(done);
    },
  };
}
