import type { WhatsAppEvent } from '../event/event.ts';
import { cut, shortened } from './cut.ts';
import type { EventSummary, Step, StepDetail } from './log-types.ts';
import type { LogLack } from './log-settings.ts';
import type { LogRecord } from './log-store/record.ts';
import { hiderOf, type MaskedEvent, maskEvent, type MaskOptions, tailOf } from './mask.ts';
import type { CutStep, Trace, TracedStep } from './trace.ts';
import { type CustomVariables, customVariables } from './variables.ts';
import { judge } from './verdict.ts';

const longestText = 200;
const longestVariable = 500;
/** An event that goes round in a flow. */
const mostSteps = 200;

/**
 * The entry of a trace together with what was written down of it before. Undefined: there is nothing
 * to write, because neither knows the event.
 */
export function compose(
  trace: Trace,
  before: LogRecord | undefined,
  options: MaskOptions,
): LogRecord | undefined {
  const { event } = trace;
  const masked = before?.event ? { ...before, event: before.event } : eventOf(trace, options);
  if (!masked) return undefined;
  const cuts = trace.steps.map((step) => cutStep(step, event, options));
  const steps = [...(before?.steps ?? []), ...cuts.map(({ step }) => step)].slice(0, mostSteps);
  const lacks = new Set<LogLack>([...masked.masked, ...(before?.masked ?? [])]);
  if (cuts.some(({ withheld }) => withheld)) lacks.add('msg');
  return {
    summary: summaryOf(masked.event, steps),
    event: masked.event,
    variables: Object.assign({}, before?.variables, ...cuts.map(({ custom }) => custom)),
    masked: [...lacks],
    steps,
  };
}

/** Of an event that only a flow has told of, what is plain data and no bigger than a log can bear. */
function eventOf(
  { event, isReceived, steps }: Trace,
  options: MaskOptions,
): MaskedEvent | undefined {
  if (!event || isReceived) return event && maskEvent(event, options);
  const { raw, ...told } = event;
  const plain = cut(told) as WhatsAppEvent;
  const isDated = !Number.isNaN(Date.parse(plain.receivedAt));
  const dated = isDated ? plain : { ...plain, receivedAt: timeOf(steps) };
  const { event: kept, masked } = maskEvent({ ...dated, raw }, options);
  return { event: kept, masked: asJson(plain) === asJson(told) ? masked : [...masked, 'event'] };
}

function timeOf([first]: readonly TracedStep[]): string {
  if (!first) return '';
  return 'step' in first ? first.step.at : new Date(first.at).toISOString();
}

function asJson(value: object): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined; // a cycle
  }
}

/** A step without what is to be hidden, and no bigger than there is room for. */
export function cutStep(
  told: TracedStep,
  event: WhatsAppEvent | undefined,
  { masks, sensitive }: MaskOptions,
): CutStep {
  if ('step' in told) return told;
  const { at, kind, node, outcome, detail, variables } = told;
  const step = { at: new Date(at).toISOString(), kind, ...(node ? { node } : {}), outcome };
  if (!detail && !variables) return { step: { ...step, detail: {} }, custom: {}, withheld: false };
  const { names, defaults } = sensitive;
  const { shared, secrets, isCut } = customVariables(variables, names);
  const kept = names.size > 0 ? customVariables(event?.interaction.variables, names) : none;
  const hide = hiderOf(event, masks, [...defaults, ...secrets, ...kept.secrets]);
  const custom: Record<string, string> = {};
  for (const [name, value] of Object.entries(shared)) {
    custom[name] = shortened(hide ? hide(value) : value, longestVariable);
  }
  const cutDetail = cut(detail ?? {}, hide) as StepDetail;
  const isChanged = Object.keys(shared).some((name) => custom[name] !== shared[name]);
  const withheld = secrets.length > 0 || isCut || isChanged;
  return { step: { ...step, detail: cutDetail }, custom, withheld };
}

const none: CustomVariables = { shared: {}, secrets: [], isCut: false };

export function summaryOf(event: WhatsAppEvent, steps: readonly Step[]): EventSummary {
  const { id, receivedAt, name, account, contact, interaction, message } = event;
  const phoneTail = tailOf(contact.phone ?? '');
  return {
    id,
    at: receivedAt,
    name,
    account: { id: account.id, name: account.name },
    contact: contact.name || contact.phone || contact.username || contact.userId || '',
    ...(phoneTail === '' ? {} : { phoneTail }),
    interactionId: interaction.id,
    text: shortened(message?.text ?? '', longestText),
    ...judge(steps),
  };
}
