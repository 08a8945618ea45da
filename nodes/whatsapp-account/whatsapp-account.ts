import type { Node, NodeAPI, NodeDef } from 'node-red';
import { asTriggerError, TriggerError } from '../../src/errors.ts';
import { secretNames } from '../../src/provider/provider.ts';
import type { AccountPolicy } from '../../src/store/contract.ts';
import { houseOf, type LiveAccount } from '../shared/house.ts';
import { inboxOf } from '../shared/inboxes.ts';
import { attachLogRoute } from '../shared/log/route.ts';
import { attachMetricsRoute } from '../shared/metrics-route.ts';
import { attachSimulatorRoutes } from '../shared/simulator/routes.ts';
import { watchAccount } from '../shared/standings.ts';
import { serveWebhooks } from '../shared/webhook-route.ts';
import { type AccountConfig, readAccount } from './account-config.ts';
import { refusalOf, secretsOf } from './account-secrets.ts';
import { type AccountNode, attachCheckRoute } from './check-route.ts';
import { offerMedia } from './offer-media.ts';
import { refuseSharing } from './sharing.ts';

export default function register(RED: NodeAPI): void {
  attachSimulatorRoutes(RED);
  attachLogRoute(RED);
  attachMetricsRoute(RED);
  attachCheckRoute(RED);
  serveWebhooks(RED);

  function WhatsAppAccountNode(this: AccountNode, config: NodeDef) {
    RED.nodes.createNode(this, config);
    const { provider, apiUrl } = config as unknown as Record<string, unknown>;
    this.saved = { provider, apiUrl };
    try {
      go(RED, this, readAccount(this.id, config));
    } catch (error) {
      refuseAccount(RED, this, asTriggerError(error, 'E_CONFIG'));
    }
  }
  RED.nodes.registerType('whatsapp-account', WhatsAppAccountNode, {
    credentials: Object.fromEntries(
      secretNames.map((name) => [name, { type: 'password' as const }]),
    ),
  });
}

/** Puts the account into service. */
function go(RED: NodeAPI, node: AccountNode, config: AccountConfig): void {
  const house = houseOf(RED);
  if (RED.settings.httpNodeRoot === (false as unknown)) {
    throw new TriggerError('E_CONFIG', 'httpNodeRoot is false: no webhook can be received.');
  }
  refuseSharing([...house.accounts.values()], config);
  const secrets = secretsOf(config.provider, node.credentials ?? {});
  const refusal = refusalOf(config, secrets);
  if (refusal !== undefined) throw new TriggerError('E_CONFIG', refusal);
  const { provider, accountId, number, path, publicUrl, apiUrl, apiVersion, mapping } = config;
  const live: LiveAccount = {
    id: node.id,
    provider,
    accountId,
    number,
    path,
    publicUrl,
    apiUrl,
    apiVersion,
    secrets,
    ...(mapping ? { mapping } : {}),
    closeOnProvider: config.closeOnProvider,
    policy: policyOf(RED, node, config),
    inbox: inboxOf(RED, node, config.store),
  };
  if (provider === 'meta' && secrets.appSecret === '') {
    node.warn('The app secret is missing: every webhook is refused until it is set.');
  }
  offerMedia(node, live);
  house.accounts.set(node.id, live);
  house.restarting.delete(path);
  watchAccount(RED, node, {
    name: live.policy.account.name,
    // Its provider is a person who plays.
    quietAfter: provider === 'simulator' ? 0 : config.quietAfter,
    store: live.inbox.store,
  });
  live.inbox.setPolicy(live.policy).catch((error: Error) => node.error(error));
  node.on('close', (removed: boolean, done: () => void) => {
    house.accounts.delete(node.id);
    // Whoever has mended the account deploys it.
    house.ailments.delete(node.id);
    if (!removed) house.restarting.add(path);
    done();
  });
}

function refuseAccount(RED: NodeAPI, node: Node, error: TriggerError): void {
  const { refusals } = houseOf(RED);
  refusals.set(node.id, error);
  node.error(error);
  node.on('close', () => {
    refusals.delete(node.id);
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
