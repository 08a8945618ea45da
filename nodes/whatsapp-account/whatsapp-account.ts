import { randomBytes } from 'node:crypto';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import { asTriggerError, TriggerError } from '../../src/errors.ts';
import type { Secrets } from '../../src/provider/provider.ts';
import type { AccountPolicy } from '../../src/store/contract.ts';
import { countNews } from '../shared/count.ts';
import { houseOf, type LiveAccount } from '../shared/house.ts';
import { inboxOf } from '../shared/inboxes.ts';
import { attachLogRoute } from '../shared/log-route.ts';
import { attachMetricsRoute } from '../shared/metrics-route.ts';
import { attachSimulatorRoutes } from '../shared/simulator-routes.ts';
import { attachWebhookRoute } from '../shared/webhook-route.ts';
import { type AccountConfig, readAccount } from './account-config.ts';

const credentialNames = [
  'appSecret',
  'appSecretPrevious',
  'verifyToken',
  'accessToken',
  'accountSid',
  'authToken',
  'apiKey',
  'webhookSecret',
  'projectId',
  'keyId',
  'keySecret',
] as const;

type Credentials = Partial<Record<(typeof credentialNames)[number], string>>;

export default function register(RED: NodeAPI): void {
  attachSimulatorRoutes(RED);
  attachLogRoute(RED);
  attachMetricsRoute(RED);
  serveWebhooks(RED);

  function WhatsAppAccountNode(this: Node<Credentials>, config: NodeDef) {
    RED.nodes.createNode(this, config);
    try {
      go(RED, this, readAccount(this.id, config));
    } catch (error) {
      this.error(asTriggerError(error, 'E_CONFIG'));
    }
  }
  RED.nodes.registerType('whatsapp-account', WhatsAppAccountNode, {
    credentials: Object.fromEntries(
      credentialNames.map((name) => [name, { type: 'password' as const }]),
    ),
  });
}

/** Puts the account into service. */
function go(RED: NodeAPI, node: Node<Credentials>, config: AccountConfig): void {
  const house = houseOf(RED);
  if (RED.settings.httpNodeRoot === (false as unknown)) {
    throw new TriggerError('E_CONFIG', 'httpNodeRoot is false: no webhook can be received.');
  }
  const sharers = [...house.accounts.values()].filter(({ path }) => path === config.path);
  const twin = sharers.find(({ accountId }) => accountId === config.accountId);
  if (twin) {
    throw new TriggerError(
      'E_CONFIG',
      `The number ${config.accountId} belongs to account "${twin.policy.account.name}" on this path already.`,
    );
  }
  const rival = sharers.find(({ provider }) => provider !== config.provider);
  if (rival) {
    throw new TriggerError(
      'E_CONFIG',
      `The webhook path "${config.path}" belongs to account "${rival.policy.account.name}" of provider "${rival.provider}"; two providers cannot share a path.`,
    );
  }
  const live: LiveAccount = {
    id: node.id,
    provider: config.provider,
    accountId: config.accountId,
    path: config.path,
    secrets: secretsOf(config, node.credentials ?? {}),
    policy: policyOf(RED, node, config),
    inbox: inboxOf(RED, node, config.store),
  };
  warnOfMissingSecrets(node, live);
  house.accounts.set(node.id, live);
  house.restarting.delete(config.path);
  live.inbox.setPolicy(live.policy).catch((error: Error) => node.error(error));
  node.on('close', (removed: boolean, done: () => void) => {
    house.accounts.delete(node.id);
    if (!removed) house.restarting.add(config.path);
    done();
  });
}

/** From the start on, so that a provider that comes too early is asked to come again. */
function serveWebhooks(RED: NodeAPI): void {
  const house = houseOf(RED);
  attachWebhookRoute(RED, (route, news) => {
    countNews(house.meters, news);
    const ids =
      news.kind === 'received'
        ? [news.account]
        : route.accounts.map(({ policy }) => policy.account.id);
    house.log.add({
      kind: 'webhook',
      at: new Date().toISOString(),
      accounts: ids,
      news: news.kind === 'failed' ? { kind: 'failed', code: news.error.code } : news,
    });
    house.accountNews.emit('news', ids, news);
  });
}

function policyOf(RED: NodeAPI, node: Node, config: AccountConfig): AccountPolicy {
  const { name, key, provider, number, closeAfter, reopenWithin } = config;
  const queue = RED.nodes.getNode(config.queue);
  if (config.queue !== '' && !queue) {
    throw new TriggerError('E_CONFIG', 'The whatsapp-queue node it uses does not exist.');
  }
  return {
    account: { id: node.id, name: name || number, key, provider, number },
    closeAfter,
    reopenWithin,
    ...(queue ? { queue: { id: queue.id, name: queue.name ?? '' } } : {}),
  };
}

/** A simulator needs no secret from anyone: it signs with one of its own. */
function secretsOf(config: AccountConfig, credentials: Credentials): Secrets {
  const own = config.provider === 'simulator' ? randomBytes(32).toString('hex') : '';
  return {
    appSecret: credentials.appSecret || own,
    appSecretPrevious: credentials.appSecretPrevious ?? '',
    verifyToken: credentials.verifyToken ?? '',
  };
}

function warnOfMissingSecrets(node: Node, { secrets }: LiveAccount): void {
  if (secrets.appSecret === '') {
    node.warn('The app secret is missing: every webhook is refused until it is set.');
  }
}
