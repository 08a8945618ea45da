import { randomUUID } from 'node:crypto';
import type { Agent } from '../../event/event.ts';
import { close, type Step } from '../../interaction/interaction.ts';
import type { StepContext } from '../../interaction/tell.ts';
import type { Closing, Found } from '../interaction-store.ts';
import { accountById } from './accounts.ts';
import { changeOf, interactionById, keepInteraction } from './interactions.ts';
import { withdrawOffer } from './offers.ts';
import { changes, keepEvent, type Outcome, outcome } from './outcome.ts';
import { withdrawPages } from './page-endings.ts';
import type { Sql } from './sql.ts';

export function closeInteraction(
  sql: Sql,
  { interactionId, reason, agent }: Closing,
  now: number,
  handOut: boolean,
): Found {
  const out = outcome(handOut);
  const known = interactionById(sql, interactionId);
  if (known?.state.state !== 'open') return { ...changes(out), found: false };
  const context = closingContext(sql, known.account, now);
  keepClosed(sql, out, known.account, close(known.state, reason, now, context, agent), agent);
  return { ...changes(out), found: true };
}

export function setVariables(
  sql: Sql,
  interactionId: string,
  variables: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> | undefined {
  const known = interactionById(sql, interactionId);
  if (known?.state.state !== 'open') return undefined;
  const all = { ...known.state.variables, ...variables };
  if (Object.keys(all).length === 0) return all;
  sql.run('UPDATE interactions SET variables = ? WHERE id = ?', JSON.stringify(all), interactionId);
  return all;
}

export function closingContext(sql: Sql, account: string, receivedAt: number): StepContext {
  return {
    account: accountById(sql, account),
    receivedAt,
    eventId: randomUUID(),
    interactionId: '',
  };
}

/** What stood or waited because of the interaction ends with it. `agent` is who closed it. */
export function keepClosed(
  sql: Sql,
  out: Outcome,
  account: string,
  step: Step,
  agent?: Agent,
): void {
  keepInteraction(sql, account, step.state, 0);
  withdrawOffer(sql, out, step.state.id);
  withdrawPages(sql, out, step.state.id);
  const change = changeOf(step.state);
  const closed = { reason: step.state.reason ?? '', ...(agent ? { agent } : {}) };
  if (change) out.conversations.push({ ...change, closed });
  keepEvent(sql, out, step.event);
}
