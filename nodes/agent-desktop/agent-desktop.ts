import type { Node, NodeAPI, NodeDef } from 'node-red';
import { type AgentStates, createAgentStates } from '../../src/desktop/server/agent-states.ts';
import { createLoginLimiter, type LoginLimiter } from '../../src/desktop/server/login-limiter.ts';
import { type Desktop, openDesktop } from '../../src/desktop/server/open-desktop.ts';
import { builtPageFolder } from '../../src/desktop/server/page-files.ts';
import { createSessions, type Sessions } from '../../src/desktop/server/sessions.ts';
import { createSpentTokens, type SpentTokens } from '../../src/desktop/server/spent-tokens.ts';
import { asTriggerError } from '../../src/errors.ts';
import { attachDesktop, httpNodeRoot } from '../shared/desktop-routes.ts';
import { onFlowsStarted } from '../shared/flows-started.ts';
import { houseOf } from '../shared/house.ts';
import { tellPageFact } from '../shared/page-facts.ts';
import { inboxOf } from '../shared/inboxes.ts';
import { type DesktopConfig, readDesktop, readPasswords } from './desktop-config.ts';
import { createDoorLog } from './door-log.ts';
import { mediaOfAccounts } from './media.ts';
import { attachPasswordRoute } from './password-route.ts';
import { canSend, createReplies } from './replies.ts';
import { workOfHouse } from './work-source.ts';

interface Credentials {
  readonly passwords?: unknown;
}

/** What a redeploy must not end: who is logged in, and who guesses. */
interface Memory {
  readonly sessions: Sessions;
  readonly limiter: LoginLimiter;
  readonly spent: SpentTokens;
  readonly states: AgentStates;
}

const memories = new WeakMap<object, Map<string, Memory>>();

export default function register(RED: NodeAPI): void {
  attachPasswordRoute(RED);

  function AgentDesktopNode(this: Node<Credentials>, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      go(RED, this, readDesktop(saved));
    } catch (error) {
      this.error(asTriggerError(error, 'E_CONFIG'));
    }
  }
  RED.nodes.registerType('agent-desktop', AgentDesktopNode, {
    credentials: { passwords: { type: 'text' } },
  });
}

function go(RED: NodeAPI, node: Node<Credentials>, config: DesktopConfig): void {
  const house = houseOf(RED);
  const desktop = open(RED, node, config);
  const detach = attachDesktop(RED, desktop);
  house.desktops.set(node.id, desktop);
  onFlowsStarted(RED, node, () => desktop.queuesDeployed());
  node.on('close', (removed: boolean, done: () => void) => {
    detach();
    house.desktops.delete(node.id);
    if (removed) memoriesOf(RED).delete(node.id);
    desktop.close().then(done, done);
  });
}

function open(RED: NodeAPI, node: Node<Credentials>, config: DesktopConfig): Desktop {
  const { name, path, agents } = config;
  const house = houseOf(RED);
  const passwords = readPasswords(node.credentials?.passwords);
  const inbox = inboxOf(RED, node, config.store);
  warnOfMissingPasswords(node, config, passwords);
  return openDesktop({
    id: node.id,
    name: name || path,
    path,
    fullPath: `${httpNodeRoot(RED)}/${path}`,
    agents,
    passwords,
    frames: config.frames,
    origins: config.origins,
    embedIn: config.embedIn,
    signOn: config.signOn,
    trustedProxies: config.trustedProxies,
    language: config.language,
    report: createDoorLog(node, house.meters, Date.now),
    pageFolder: builtPageFolder(),
    ...memoryOf(RED, node.id),
    store: inbox.store,
    expect: (at) => inbox.expect(at),
    pageFact: (fact) => tellPageFact(RED, fact),
    source: workOfHouse(house),
    startAs: config.startAs,
    reofferAfter: config.reofferAfter,
    canSend: (accountId) => canSend(RED, accountId),
    media: mediaOfAccounts(RED),
    sendReply: createReplies(RED, node),
    queues: () => [...house.queues.values()].filter(({ desktopId }) => desktopId === node.id),
    queueOf: (accountId) => house.queues.get(house.accounts.get(accountId)?.policy.queue?.id ?? ''),
    failed: (error) => node.error(asTriggerError(error, 'E_STORE')),
    now: Date.now,
    clock: () => performance.now(),
  });
}

function warnOfMissingPasswords(
  node: Node,
  { agents, signOn }: DesktopConfig,
  passwords: ReadonlyMap<string, string>,
): void {
  if (signOn.kind !== 'none') return;
  const without = agents.filter(({ username }) => !passwords.has(username));
  if (without.length === 0) return;
  const names = without.map(({ username }) => username).join(', ');
  node.warn(`No password is set, so these agents cannot log in: ${names}`);
}

function memoryOf(RED: NodeAPI, id: string): Memory {
  const known = memoriesOf(RED);
  const memory = known.get(id) ?? {
    sessions: createSessions(),
    limiter: createLoginLimiter(),
    spent: createSpentTokens(),
    states: createAgentStates(Date.now()),
  };
  known.set(id, memory);
  return memory;
}

function memoriesOf(RED: NodeAPI): Map<string, Memory> {
  const known = memories.get(RED.events) ?? new Map<string, Memory>();
  memories.set(RED.events, known);
  return known;
}
