import type { Request } from 'express';
import type { Node, NodeAPI } from 'node-red';
import * as v from 'valibot';
import { HttpFault } from '../../src/desktop/server/http-fault.ts';
import { readJson } from '../../src/desktop/server/read-json.ts';
import { asTriggerError } from '../../src/errors.ts';
import { secretNames, type Secrets } from '../../src/provider/provider.ts';
import { answerJson } from '../shared/admin-answer.ts';
import { houseOf, type LiveAccount } from '../shared/house.ts';
import { standingOf } from '../shared/standings.ts';
import { type AccountConfig, readAccount } from './account-config.ts';
import { type Credentials, refusalOf, secretsOf } from './account-secrets.ts';
import { checkSending } from './check-account.ts';
import type { Found } from './finding.ts';
import { refuseSharing } from './sharing.ts';
import { type InService, standingFinding, webhookFinding } from './webhook-finding.ts';

const attached = new WeakSet<object>();

/** What the editor puts in the place of a saved password. */
const kept = '__PWRD__';

const schema = v.object({
  id: v.string(),
  account: v.record(v.string(), v.unknown()),
  credentials: v.record(v.string(), v.string()),
});

/**
 * `POST <httpAdminRoot>/whatsapp-triggers/whatsapp-account/check`: looks at an account as the form has
 * it, deployed or not, asks its provider who we are, and says what is wrong. Tells no secret.
 * `GET .../whatsapp-account/<id>/standing`: how a deployed one stands, and asks nobody.
 */
export function attachCheckRoute(RED: NodeAPI): void {
  if (attached.has(RED.httpAdmin)) return;
  attached.add(RED.httpAdmin);
  RED.httpAdmin.post(
    '/whatsapp-triggers/whatsapp-account/check',
    RED.auth.needsPermission('whatsapp-account.write'),
    (request, response, next) => {
      answerJson(response, findingsFor(RED, request)).catch(next);
    },
  );
  RED.httpAdmin.get(
    '/whatsapp-triggers/whatsapp-account/:id/standing',
    RED.auth.needsPermission('whatsapp-account.read'),
    (request, response) => {
      const id = request.params['id'] ?? '';
      response.set('Cache-Control', 'no-store').json({ findings: standingFindings(RED, id) });
    },
  );
}

async function findingsFor(RED: NodeAPI, request: Request): Promise<object> {
  const given = v.safeParse(schema, await readJson(request));
  if (!given.success) throw new HttpFault(400, 'The account of a form is expected.');
  return { findings: await check(RED, given.output) };
}

/** The node also of an account that was refused. */
export interface AccountNode extends Node<Credentials> {
  /** What the saved secrets were saved with. */
  saved?: { readonly provider: unknown; readonly apiUrl: unknown };
}

type Asked = v.InferOutput<typeof schema>;

function standingFindings(RED: NodeAPI, id: string): readonly Found[] {
  const { ailments, refusals } = houseOf(RED);
  const refusal = refusals.get(id);
  if (refusal) return [{ state: 'wrong', text: refusal.message }];
  const inService = inServiceOf(RED, id);
  if (!inService) return [];
  const ailment = ailments.get(id);
  const webhook = standingFinding(inService.standing, Date.now());
  if (ailment === undefined) return [webhook];
  return [{ state: 'wrong', key: 'sending.answer', values: { text: ailment } }, webhook];
}

function inServiceOf(RED: NodeAPI, id: string): InService | undefined {
  const live = houseOf(RED).accounts.get(id);
  const standing = standingOf(RED, id);
  return live && standing && { live, standing };
}

async function check(RED: NodeAPI, asked: Asked): Promise<readonly Found[]> {
  const { accounts } = houseOf(RED);
  const live = accounts.get(asked.id);
  try {
    const config = readAccount(asked.id, withEnvironment(asked.account, live));
    const secrets = secretsFor(RED, asked, config);
    const refusal = refusalOf(config, secrets);
    if (refusal !== undefined) return [{ state: 'wrong', text: refusal }];
    refuseSharing(
      [...accounts.values()].filter(({ id }) => id !== asked.id),
      config,
    );
    return [
      { state: 'ok', key: 'complete' },
      await checkSending(config, secrets),
      webhookFinding(inServiceOf(RED, asked.id), config, Date.now()),
    ];
  } catch (error) {
    return [{ state: 'wrong', text: asTriggerError(error, 'E_CONFIG').message }];
  }
}

/** Node-RED fills in `${NAME}` at deploy; until then nobody knows what it stands for. */
function withEnvironment(account: Asked['account'], live: LiveAccount | undefined): object {
  const isFilled = (value: unknown): boolean => /^\$\{[A-Za-z_]\w*\}$/.test(String(value));
  const filled = Object.entries(account).map(([name, value]) => {
    if (!isFilled(value)) return [name, value] as const;
    const known = live?.[name as keyof LiveAccount];
    if (typeof known === 'string') return [name, known] as const;
    throw new Error(`Deploy first: only then is known what ${String(value)} stands for.`);
  });
  return Object.fromEntries(filled);
}

/**
 * The secrets that were typed, and for the others the saved ones: these go to no other address than
 * the one that they were saved with, whoever asks.
 */
function secretsFor(RED: NodeAPI, { id, credentials }: Asked, config: AccountConfig): Secrets {
  const node = RED.nodes.getNode(id) as AccountNode | null;
  const saved = (RED.nodes.getCredentials(id) ?? {}) as Credentials;
  const given: Record<string, string> = {};
  let isSaved = false;
  for (const name of secretNames) {
    const typed = credentials[name] ?? '';
    given[name] = typed === kept ? (saved[name] ?? '') : typed;
    isSaved ||= typed === kept && given[name] !== '';
  }
  const { provider, apiUrl } = node?.saved ?? {};
  if (isSaved && (provider !== config.provider || apiUrlOf(apiUrl) !== config.apiUrl)) {
    throw new Error(
      'The provider or the API URL was changed: enter the secrets again, or deploy first.',
    );
  }
  return secretsOf(config.provider, given);
}

function apiUrlOf(saved: unknown): string {
  return typeof saved === 'string' ? saved.trim().replace(/\/+$/, '') : '';
}
