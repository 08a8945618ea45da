import { compile } from '../condition/compile.ts';
import { evaluate } from '../condition/evaluate.ts';
import { fillVariables } from '../condition/fill-variables.ts';
import { compilePattern } from '../condition/pattern.ts';
import type { Message, WhatsAppEvent } from '../event/event.ts';
import { type Blur, createBlur } from './blur.ts';
import type { Step, StepRow, TestCase } from './log-types.ts';
import type { LogRecord } from './log-store/record.ts';

/**
 * An event that can be kept in a repository: nothing in it tells who somebody is, and rules decide
 * about it as they did. A decision that its scrubbed event would change is left out.
 */
export function testCaseOf({ event, variables, steps }: LogRecord): TestCase | undefined {
  if (!event) return undefined;
  const decisions = decisionsOf(steps);
  const blur = createBlur(decisions.flatMap(({ detail }) => wordsOf(detail.conditions ?? [])));
  const scrubbed = scrub(event, blur);
  const custom = scrubAll(variables, blur);
  return {
    name: `${event.name} ${event.at}`,
    event: scrubbed,
    variables: custom,
    decisions: decisions.flatMap(
      ({ node, detail: { sentence = '', met = false, conditions = [] } }) =>
        decide(conditions, scrubbed, custom) === met
          ? [{ trigger: node?.id ?? '', name: node?.name ?? '', sentence, met }]
          : [],
    ),
  };
}

/** The last of each trigger that was asked. */
function decisionsOf(steps: readonly Step[]): readonly Step[] {
  const asked = steps.filter(({ kind, outcome }) => {
    return kind === 'decision' && (outcome === 'met' || outcome === 'notMet');
  });
  return [...new Map(asked.map((step) => [step.node?.id, step])).values()];
}

function decide(
  conditions: readonly StepRow[],
  event: WhatsAppEvent,
  custom: Readonly<Record<string, string>>,
): boolean | undefined {
  const of = (list: StepRow['list']) => conditions.filter((row) => row.list === list);
  const compiled = compile({ all: of('all'), any: of('any') }, compilePattern);
  if (!compiled.ok) return undefined;
  const variables = fillVariables(custom, event, []);
  const msg = { topic: event.name, payload: event, variables };
  const now = new Date(event.receivedAt);
  return evaluate(compiled.trigger, { event, msg, variables, now }).met;
}

/** What the rules compare with; of a pattern the words in it. */
function wordsOf(conditions: readonly StepRow[]): readonly string[] {
  return conditions.flatMap(({ operator, value }) => {
    const texts = [value].flat().filter((one) => typeof one === 'string');
    return operator === 'matches'
      ? texts.flatMap((text) => text.match(/\p{L}{2,}/gu) ?? [])
      : texts;
  });
}

function scrub(event: WhatsAppEvent, blur: Blur): WhatsAppEvent {
  const { account, contact, interaction, message, agent, delivery } = event;
  const { name, phone, userId, username } = contact;
  return {
    ...event,
    id: 'event-1',
    account: { ...account, number: blur(account.number) },
    interaction: {
      ...interaction,
      id: 'interaction-1',
      ...(interaction.variables && { variables: scrubAll(interaction.variables, blur) }),
    },
    contact: {
      id: 'contact-1',
      ...(phone !== undefined && { phone: blur(phone) }),
      ...(userId !== undefined && { userId: blur(userId) }),
      ...(username !== undefined && { username: blur(username) }),
      ...(name !== undefined && { name: blur(name) }),
    },
    ...(message && { message: scrubMessage(message, blur) }),
    ...(agent && { agent: { username: blur(agent.username), name: blur(agent.name) } }),
    ...(delivery?.errorText && { delivery: { ...delivery, errorText: blur(delivery.errorText) } }),
  };
}

function scrubMessage(message: Message, blur: Blur): Message {
  const { text, media, replyTo, contacts, location, agent, group } = message;
  const { verb, type, buttonId, reason } = message;
  return {
    id: 'message-1',
    verb,
    type,
    text: blur(text),
    media: media.map(({ type, mimeType, caption }, index) => ({
      type,
      id: `media-${index + 1}`,
      ...(mimeType !== undefined && { mimeType }),
      ...(caption !== undefined && { caption: blur(caption) }),
    })),
    ...(replyTo !== undefined && { replyTo: 'message-0' }),
    ...(buttonId !== undefined && { buttonId }),
    ...(reason !== undefined && { reason }),
    ...(contacts && {
      contacts: contacts.map((one) => ({ name: blur(one.name), phones: one.phones.map(blur) })),
    }),
    ...(location && { location: { latitude: 0, longitude: 0 } }),
    ...(agent && { agent: { username: blur(agent.username), name: blur(agent.name) } }),
    ...(group !== undefined && { group: 'group-1' }),
  };
}

function scrubAll(variables: Readonly<Record<string, string>>, blur: Blur) {
  const entries = Object.entries(variables);
  return Object.fromEntries(entries.map(([name, value]) => [name, blur(value)]));
}
