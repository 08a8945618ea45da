import type { NodeAPI, NodeStatus } from 'node-red';
import { isQuiet, quietSince, type Standing, type Trouble } from '../../src/receiver/standing.ts';
import { houseOf, type LiveAccount } from '../shared/house.ts';
import { standingOf } from '../shared/standings.ts';

interface Wrong {
  readonly fill: 'red' | 'yellow';
  readonly text: string;
}

/** What is wrong with the account of which the most is wrong; undefined = nothing is with any. */
export function worstOf(
  RED: NodeAPI,
  accounts: readonly LiveAccount[],
  now: number,
): NodeStatus | undefined {
  const wrong = accounts.flatMap((account) => {
    const found = wrongWith(RED, account, now);
    if (!found) return [];
    if (accounts.length === 1) return [found];
    const values = { account: account.policy.account.name, problem: found.text };
    return [{ ...found, text: RED._('whatsapp-in.status.ofAccount', values) }];
  });
  const worst = wrong.find(({ fill }) => fill === 'red') ?? wrong[0];
  return worst && { ...worst, shape: 'dot' };
}

function wrongWith(RED: NodeAPI, account: LiveAccount, now: number): Wrong | undefined {
  const problem = houseOf(RED).ailments.get(account.id);
  if (problem !== undefined) return { fill: 'red', text: cannotSend(RED, problem) };
  const standing = standingOf(RED, account.id);
  if (standing?.trouble) return troubleWith(RED, standing.trouble);
  if (!standing || !isQuiet(standing, now)) return undefined;
  const at = moment(RED, quietSince(standing));
  const key = standing.heardAt === undefined ? 'neverReceived' : 'quiet';
  return { fill: 'yellow', text: RED._(`whatsapp-in.status.${key}`, { at }) };
}

/** The log has the whole reason; a status is short. */
function cannotSend(RED: NodeAPI, problem: string): string {
  const reason = problem.length > 60 ? `${problem.slice(0, 59)}…` : problem;
  return RED._('whatsapp-in.status.cannotSend', { reason });
}

function troubleWith(RED: NodeAPI, { news, since }: Trouble): Wrong {
  const say = (key: string, values: Record<string, string> = {}): string =>
    RED._(`whatsapp-in.status.${key}`, { at: moment(RED, since), ...values });
  switch (news.kind) {
    case 'refused':
      return { fill: 'yellow', text: say(`refused.${news.reason.replace(' ', '')}`) };
    case 'unknown number':
      return { fill: 'yellow', text: say('unknownNumber', { number: news.number }) };
    case 'quarantined':
      return { fill: 'yellow', text: say('quarantined') };
    case 'failed':
      return { fill: 'red', text: say('failed', { code: news.error.code }) };
  }
}

/** While nothing has come since the flow began. */
export function idleStatus(RED: NodeAPI, standings: readonly Standing[]): NodeStatus {
  const heardAt = Math.max(0, ...standings.map((standing) => standing.heardAt ?? 0));
  const verifiedAt = Math.max(0, ...standings.map((standing) => standing.verifiedAt ?? 0));
  if (verifiedAt > heardAt) {
    return { fill: 'green', shape: 'dot', text: RED._('whatsapp-in.status.handshake') };
  }
  const text =
    heardAt === 0
      ? RED._('whatsapp-in.status.waiting')
      : RED._('whatsapp-in.status.lastEvent', { at: moment(RED, heardAt) });
  return { fill: 'grey', shape: 'ring', text };
}

/** With its day, since a status stands for as long as nothing happens. */
function moment(RED: NodeAPI, at: number): string {
  const style = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;
  return new Intl.DateTimeFormat(languageOf(RED), { ...style, hourCycle: 'h23' }).format(at);
}

/** That of the runtime's other words; what is none is left to the system. */
function languageOf(RED: NodeAPI): string | undefined {
  const { lang } = RED.settings as { lang?: string };
  try {
    return Intl.DateTimeFormat.supportedLocalesOf(lang ?? [])[0];
  } catch {
    return undefined;
  }
}
