import { providers } from '../../src/provider/registry.ts';
import type { Secrets } from '../../src/provider/provider.ts';
import type { ApiAnswer, ApiRequest, Sender, SendingAccount } from '../../src/provider/sender.ts';
import { callApi } from '../../src/send/api-client.ts';
import { createLine } from '../../src/send/line.ts';
import type { AccountConfig } from './account-config.ts';
import type { Finding } from './finding.ts';

/** Rejects when there is no answer. */
type Call = (request: ApiRequest) => Promise<ApiAnswer>;

const timeout = 10_000;

/** What each provider's interface asks for before anything can be sent. */
const sendingSecrets: Readonly<Record<string, readonly (readonly [keyof Secrets, string])[]>> = {
  meta: [['accessToken', 'access token']],
  '360dialog': [['apiKey', 'API key']],
  twilio: [
    ['accountSid', 'account SID'],
    ['authToken', 'auth token'],
  ],
  sinch: [
    ['projectId', 'project ID'],
    ['keyId', 'key ID'],
    ['keySecret', 'key secret'],
  ],
  kaleyra: [
    ['accountSid', 'SID'],
    ['apiKey', 'API key'],
  ],
};

/** Asks the provider who we are, which sends nothing. Never rejects. */
export async function checkSending(config: AccountConfig, secrets: Secrets): Promise<Finding> {
  const { provider, accountId, number, apiUrl, apiVersion, publicUrl } = config;
  const { sender } = providers.get(provider) ?? {};
  if (!sender) return { state: 'ok', text: 'Sending: this provider is only received from.' };
  if (provider === 'simulator') return { state: 'ok', text: 'Sending: the simulator takes it.' };
  const missing = (sendingSecrets[provider] ?? []).filter(([name]) => secrets[name] === '');
  if (missing.length > 0) {
    const names = missing.map(([, words]) => words).join(', ');
    return { state: 'warning', text: `Sending: not possible without ${names}.` };
  }
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
    return { state: 'wrong', text: `Sending: ${(error as Error).message}` };
  } finally {
    line.close();
  }
}

async function ask(sender: Sender, account: SendingAccount, call: Call): Promise<Finding> {
  let token = '';
  if (sender.token) {
    const granted = sender.token.read(await call(sender.token.request(account)));
    if ('remedy' in granted) return { state: 'wrong', text: `Sending: ${granted.text}` };
    ({ token } = granted);
  }
  const request = sender.check(account, token);
  if (!request) {
    return token === ''
      ? { state: 'warning', text: 'Sending: this provider cannot be asked; send a message to try.' }
      : { state: 'ok', text: 'Sending: the provider accepts the keys.' };
  }
  const { ok, text } = sender.readCheck(await call(request));
  return { state: ok ? 'ok' : 'wrong', text: `Sending: ${text}` };
}
