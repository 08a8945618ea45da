import type { Node, NodeAPI, NodeMessageInFlow, NodeStatus } from 'node-red';
import { asTriggerError, type TriggerError } from '../../src/errors.ts';
import { admitScript } from '../../src/script/admission.ts';
import { failureOf, outcomeName } from '../../src/script/failure.ts';
import { openRunner } from '../../src/script/runner.ts';
import type { ScriptResult } from '../../src/script/wire.ts';
import { houseOf } from '../shared/house.ts';
import { userDirectory } from '../shared/user-directory.ts';
import { orStub, type Stub } from '../shared/simulator/dry-run.ts';
import { type InputHandler, onInput } from '../shared/input.ts';
import { refuse } from '../shared/refuse.ts';
import { pacedStatus } from '../shared/paced-status.ts';
import { allowedFolders, readScript, type ScriptConfig } from './script-config.ts';
import { orderFor } from './script-order.ts';
import { attachScriptPreview } from './script-preview.ts';

type ScriptMessage = NodeMessageInFlow & { script?: ScriptResult };

export default function register(RED: NodeAPI): void {
  attachScriptPreview(RED);
  RED.nodes.registerType('script', function (this: Node, saved) {
    RED.nodes.createNode(this, saved);
    try {
      start(RED, this, readScript(saved), allowedFolders(RED.settings));
    } catch (error) {
      refuse(RED, this, asTriggerError(error, 'E_CONFIG'));
    }
  });
}

function start(RED: NodeAPI, node: Node, config: ScriptConfig, folders: readonly string[]): void {
  const runner = openRunner(userDirectory(RED));
  const status = createStatus(RED, node);
  const fault = faultOf(config, folders);
  status.found(fault);
  if (!fault) runner.prepare();

  const run: InputHandler = async (msg: ScriptMessage, { signal }) => {
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
  };
  const stub = (msg: ScriptMessage): Stub => {
    delete msg.script;
    const order = orderFor(RED, node, msg, config, folders);
    const { type: scriptType, path, environment, stdin } = order;
    return { scriptType, path, environment, stdin };
  };
  onInput(RED, node, { code: 'E_SCRIPT_EXIT' }, orStub(RED, node, stub, run));
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
