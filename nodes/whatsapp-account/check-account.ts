import { providers } from '../../src/provider/registry.ts';
import type { Secrets } from '../../src/provider/provider.ts';
import type { ApiAnswer, ApiRequest, Sender, SendingAccount } from '../../src/provider/sender.ts';
import { callApi } from '../../src/send/api-client.ts';
import { createLine } from '../../src/send/line.ts';
import type { AccountConfig } from './account-config.ts';
import type { Found } from './finding.ts';

/** Rejects when there is no answer. */
type Call = (request: ApiRequest) => Promise<ApiAnswer>;

const timeout = 10_000;

/** What each provider's interface asks for before anything can be sent. */
const sendingSecrets: Readonly<Record<string, readonly (keyof Secrets)[]>> = {
  meta: ['accessToken'],
  '360dialog': ['apiKey'],
  twilio: ['accountSid', 'authToken'],
  sinch: ['projectId', 'keyId', 'keySecret'],
  kaleyra: ['accountSid', 'apiKey'],
};

/** Asks the provider who we are, which sends nothing. Never rejects. */
export async function checkSending(config: AccountConfig, secrets: Secrets): Promise<Found> {
  const { provider, accountId, number, apiUrl, apiVersion, publicUrl } = config;
  const { sender } = providers.get(provider) ?? {};
  if (!sender) return { state: 'ok', key: 'sending.receiveOnly' };
  if (provider === 'simulator') return { state: 'ok', key: 'sending.simulator' };
  const names = (sendingSecrets[provider] ?? []).filter((name) => secrets[name] === '');
  if (names.length > 0) return { state: 'warning', key: 'sending.missing', names };
  const account = { accountId, number, apiUrl, apiVersion, secrets, publicUrl };
  const line = createLine();
  const signal = AbortSignal.timeout(timeout);
  try {
    return await ask(sender, account, async (request) => {
      const outcome = await callApi(line, request, { apiUrl, signal, timeout });
      if (outcome.kind === 'answer') return outcome.answer;
      throw new Error(outcome.text);
    });
  } catch (error) {
    return answered('wrong', (error as Error).message);
  } finally {
    line.close();
  }
}

async function ask(sender: Sender, account: SendingAccount, call: Call): Promise<Found> {
  let token = '';
  if (sender.token) {
    const granted = sender.token.read(await call(sender.token.request(account)));
    if ('remedy' in granted) return answered('wrong', granted.text);
    ({ token } = granted);
  }
  const request = sender.check(account, token);
  if (!request) {
    return token === ''
      ? { state: 'warning', key: 'sending.cannotAsk' }
      : { state: 'ok', key: 'sending.accepted' };
  }
  const { ok, text } = sender.readCheck(await call(request));
  return answered(ok ? 'ok' : 'wrong', text);
}

/** In the provider's words, or in those of what hindered us from asking it. */
function answered(state: Found['state'], text: string): Found {
  return { state, key: 'sending.answer', values: { text } };
}
