import type { Node, NodeAPI, NodeMessageInFlow, NodeStatus } from 'node-red';
import { randomUUID } from 'node:crypto';
import { asTriggerError, type TriggerError } from '../../src/errors.ts';
import { isEvent } from '../../src/event/event.ts';
import { admitScript } from '../../src/script/admission.ts';
import { scriptEnvironment } from '../../src/script/environment.ts';
import { eventDocument } from '../../src/script/event-document.ts';
import { eventKey } from '../../src/script/event-key.ts';
import { failureOf, outcomeName } from '../../src/script/failure.ts';
import { openRunner } from '../../src/script/runner.ts';
import type { ScriptOrder, ScriptResult } from '../../src/script/wire.ts';
import { houseOf } from '../shared/house.ts';
import { userDirectory } from '../shared/user-directory.ts';
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
  const runner = openRunner(userDirectory(RED));
  const status = createStatus(RED, node);
  const fault = faultOf(config, folders);
  status.found(fault);
  if (!fault) runner.prepare();

  onInput(node, { code: 'E_SCRIPT_EXIT' }, async (msg: ScriptMessage, { signal }) => {
    const order = orderFor(RED, node, msg, config, folders);
    status.came();
    const outcome = await runner.run(order, signal, () => status.began());
    const { inboxes, meters } = houseOf(RED);
    meters.scripts.add(1, node.id, node.name ?? '', outcomeName(outcome));
    inboxes.forEach((inbox) => inbox.wake());
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

/** How many scripts run and wait for a place; with none, how the last one ended. */
function createStatus(RED: NodeAPI, node: Node) {
  const show = pacedStatus(node);
  let all = 0;
  let waiting = 0;

  function showLoad(): void {
    show(() => ({
      fill: 'blue',
      shape: 'dot',
      text: RED._(`script.status.${waiting > 0 ? 'waiting' : 'running'}`, {
        running: all - waiting,
        waiting,
      }),
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
    came() {
      all += 1;
      waiting += 1;
      showLoad();
    },
    began() {
      waiting -= 1;
      showLoad();
    },
    ended(failure: TriggerError | undefined) {
      all -= 1;
      waiting = Math.min(waiting, all);
      if (all > 0) showLoad();
      else if (failure) show(() => failed(failure), 'alarm');
      else show(done);
    },
  };
}
