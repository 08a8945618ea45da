import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import * as v from 'valibot';
import { compile, type Trigger } from '../../src/condition/compile.ts';
import { evaluate, type Verdict } from '../../src/condition/evaluate.ts';
import { fillVariables } from '../../src/condition/fill-variables.ts';
import { compilePattern } from '../../src/condition/pattern.ts';
import { describeProblem } from '../../src/condition/problem.ts';
import { quote } from '../../src/condition/quote.ts';
import { sentence } from '../../src/condition/sentence.ts';
import { asTriggerError, TriggerError } from '../../src/errors.ts';
import { isEvent } from '../../src/event/event.ts';
import { declaredVariables, sensitiveNames } from '../shared/variables/declared.ts';
import { type DeclaredVariable, houseOf } from '../shared/house.ts';
import { onFlowsStarted } from '../shared/flows-started.ts';
import { onInput, type Sent } from '../shared/input.ts';
import { refuse } from '../shared/refuse.ts';
import { flag, readConfig, words } from '../shared/schema.ts';
import { type Decision, logDecision, masked } from './decision.ts';
import { accountName, missingAccount } from './neighbours.ts';
import { createStatus } from './status.ts';

const schema = v.object({
  name: words(),
  enabled: flag(true),
  variables: words(),
  all: v.optional(v.unknown()),
  any: v.optional(v.unknown()),
});

type Config = v.InferOutput<typeof schema>;

interface TriggerMessage extends NodeMessageInFlow {
  variables?: unknown;
  trigger?: Decision;
}

export default function register(RED: NodeAPI): void {
  RED.nodes.registerType('trigger-condition', function (this: Node, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      const config = readConfig(schema, saved);
      if (config.enabled) start(RED, this, config, readTrigger(config));
      else standOff(RED, this, config);
    } catch (error) {
      refuse(RED, this, asTriggerError(error, 'E_CONFIG'));
    }
  });
}

function readTrigger(config: Config): Trigger {
  const compiled = compile(config, compilePattern);
  if (compiled.ok) return compiled.trigger;
  const { problems } = compiled;
  const reasons = problems.map(describeProblem).join('; ');
  throw new TriggerError('E_CONFIG', reasons, { details: { problems } });
}

/** Switched off, a trigger is never asked: every message takes the way of one that does not meet it. */
function standOff(RED: NodeAPI, node: Node, config: Config): void {
  node.status({ fill: 'grey', shape: 'ring', text: RED._('trigger-condition.status.off') });
  onInput(RED, node, { code: 'E_CONFIG' }, (msg: TriggerMessage) =>
    decide(RED, node, config, msg, { met: false, conditions: [] }),
  );
}

function start(RED: NodeAPI, node: Node, config: Config, trigger: Trigger): void {
  const status = createStatus(RED, node);
  onFlowsStarted(RED, node, () => {
    const fault = faultOf(RED, config, trigger);
    if (fault) node.error(fault);
    status.deployed(fault);
  });
  onInput(RED, node, { code: 'E_CONFIG', failed: status.failed }, (msg: TriggerMessage) => {
    const fault = faultOf(RED, config, trigger);
    if (fault) throw fault;
    const declared = declaredVariables(RED, config.variables) ?? [];
    const verdict = masked(judge(trigger, msg, declared), sensitiveNames(RED));
    status.decided(verdict.met);
    return decide(RED, node, config, msg, verdict);
  });
}

/**
 * What of the rest of the flow is missing. A deploy of only the changed nodes can take an account away
 * without starting this node anew, as Node-RED does not look for ids inside its rows.
 */
function faultOf(RED: NodeAPI, config: Config, trigger: Trigger): TriggerError | undefined {
  const account = missingAccount(RED, trigger.accounts);
  if (account !== undefined) {
    return new TriggerError('E_CONFIG', `There is no WhatsApp account ${quote(account)}.`);
  }
  if (declaredVariables(RED, config.variables)) return undefined;
  return new TriggerError('E_CONFIG', 'The node of its variables does not exist or is not valid.');
}

function judge(
  trigger: Trigger,
  msg: TriggerMessage,
  declared: readonly DeclaredVariable[],
): Verdict {
  const event = isEvent(msg.payload) ? msg.payload : undefined;
  const variables = fillVariables(msg.variables, event, declared);
  if (Object.keys(variables).length > 0) msg.variables = variables;
  return evaluate(trigger, { event, msg, variables, now: new Date() });
}

/** Puts the decision on the message and into the trigger log, and the message on its way. */
function decide(
  RED: NodeAPI,
  node: Node,
  config: Config,
  msg: TriggerMessage,
  { met, conditions }: Verdict,
): Sent {
  const words = sentence(config, (value) => accountName(RED, value));
  msg.trigger = { id: node.id, name: config.name, met, sentence: words, conditions };
  logDecision(RED, msg.payload, msg.trigger);
  houseOf(RED).meters.decisions.add(1, node.id, config.name, met ? 'met' : 'not_met');
  return met ? [msg, null] : [null, msg];
}
