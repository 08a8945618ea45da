import { make, makeSelect } from '../../nodes/shared/make.editor.ts';
import type { AgentView } from '../../src/simulator/protocol.ts';
import { type Deed, statuses } from './deeds.editor.ts';
import { makeButton } from './dom.editor.ts';
import { say } from './words.editor.ts';

export interface DeedButtons {
  readonly element: HTMLElement;
  /** Who may answer offers; undefined = the account has no queue. */
  setAgents(agents: readonly AgentView[] | undefined): void;
}

const lateMinutes = 120;

/** What can happen beside a plain message, by who does it. `text` is what stands in the message field. */
export function makeDeedButtons(text: () => string, go: (deed: Deed) => void): DeedButtons {
  const words = (fallback: string): string => text().trim() || say(fallback);
  const agent = make('select', { 'aria-label': say('deed.agent') });
  const status = makeSelect(
    { 'aria-label': say('deed.delivery') },
    statuses.map((value) => ({ value, label: say(`status.${value}`) })),
    'read',
  );
  const statusOf = () => statuses.find((one) => one === status.value) ?? 'read';
  const deed = (label: string, make: () => Deed): HTMLButtonElement =>
    makeButton(say(label), () => go(make()));

  const element = make(
    'details',
    { class: 'wat-fold', open: true },
    make('summary', {}, say('deed.title')),
    group('deed.byCustomer', [
      deed('deed.open', () => ({ verb: 'open', text: words('deed.hello') })),
      deed('deed.image', () => ({ verb: 'image', text: text().trim() })),
      deed('deed.location', () => ({ verb: 'location' })),
      deed('deed.button', () => ({ verb: 'button', text: words('deed.yes') })),
      deed('deed.again', () => ({ verb: 'again' })),
      deed('deed.late', () => ({ verb: 'late', minutes: lateMinutes, text: words('deed.hello') })),
    ]),
    group('deed.byBusiness', [
      deed('deed.business', () => ({ verb: 'business', text: words('deed.answer') })),
      status,
      deed('deed.report', () => ({ verb: 'delivery', status: statusOf() })),
    ]),
    group('deed.byAgent', [
      agent,
      deed('deed.accept', () => ({ verb: 'accept', agent: agent.value })),
      deed('deed.reject', () => ({ verb: 'reject', agent: agent.value })),
      deed('deed.close', () => ({ verb: 'close', reason: '' })),
    ]),
  );

  return {
    element,
    setAgents: (agents = []) => {
      const { value } = agent;
      const anybody = new Option(say('deed.anybody'), '');
      const options = agents.map(({ username, name }) => new Option(name || username, username));
      agent.replaceChildren(anybody, ...options);
      agent.value = agents.some(({ username }) => username === value) ? value : '';
      agent.hidden = agents.length < 2;
    },
  };
}

function group(label: string, controls: readonly HTMLElement[]): HTMLElement {
  return make(
    'div',
    { class: 'wat-group', role: 'group', 'aria-label': say(label) },
    make('span', { class: 'wat-caption', 'aria-hidden': 'true' }, say(label)),
    make('div', { class: 'wat-actions' }, ...controls),
  );
}
