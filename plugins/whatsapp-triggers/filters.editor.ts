import { configChoices } from '../../nodes/shared/labels.editor.ts';
import { make, makeSelect } from '../../nodes/shared/make.editor.ts';
import type { LogFilter, Show } from './log-query.editor.ts';
import { outcomeOrder } from './outcomes.editor.ts';
import { say } from './words.editor.ts';

export interface Filters {
  readonly element: HTMLElement;
  read(): LogFilter;
  show(what: Show): void;
}

const patience = 250;

/** What to show, a search, and only what went through the node that is selected in the workspace. */
export function makeFilters(changed: () => void): Filters {
  const show = makeShow();
  const account = make('select', { 'aria-label': say('filter.account') });
  const search = make('input', {
    type: 'search',
    placeholder: say('filter.search'),
    'aria-label': say('filter.search'),
    title: say('filter.searchHint'),
  });
  const selected = makeToggle();
  let waiting: ReturnType<typeof setTimeout> | undefined;

  fillAccounts(account);
  RED.events.on('flows:loaded', () => fillAccounts(account));
  RED.events.on('deploy', () => fillAccounts(account));
  for (const select of [show, account]) select.addEventListener('change', changed);
  search.addEventListener('input', () => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, patience);
  });
  selected.addEventListener('click', () => {
    const isOn = selected.getAttribute('aria-pressed') === 'true';
    selected.setAttribute('aria-pressed', String(!isOn));
    changed();
  });
  RED.events.on('view:selection-changed', () => {
    if (selected.getAttribute('aria-pressed') === 'true') changed();
  });

  return {
    element: make(
      'div',
      { class: 'wat-filters', role: 'search' },
      make('div', { class: 'wat-bar' }, show, search, selected),
      account,
    ),
    read: () => ({
      show: show.value as Show,
      search: search.value,
      account: account.value,
      node: selected.getAttribute('aria-pressed') === 'true' ? selectedNode() : undefined,
    }),
    show: (what) => {
      show.value = what;
      changed();
    },
  };
}

function makeShow(): HTMLSelectElement {
  const select = makeSelect({ 'aria-label': say('filter.show') }, [option('all')], 'all');
  const outcomes = make('optgroup', { label: say('filter.outcomes') });
  for (const outcome of outcomeOrder) {
    outcomes.append(new Option(say(`outcome.${outcome}`), outcome));
  }
  const kept = make('optgroup', { label: say('filter.kept') });
  kept.append(
    new Option(say('filter.letters'), 'letters'),
    new Option(say('filter.quarantine'), 'quarantine'),
  );
  select.append(outcomes, kept);
  return select;
}

function option(value: 'all') {
  return { value, label: say(`filter.${value}`) };
}

/** With one account there is nothing to choose. */
function fillAccounts(select: HTMLSelectElement): void {
  const { value } = select;
  const all = new Option(say('filter.everyAccount'), '');
  const choices = configChoices('whatsapp-account');
  select.replaceChildren(all, ...choices.map(({ value, label }) => new Option(label, value)));
  select.value = choices.some((choice) => choice.value === value) ? value : '';
  select.hidden = choices.length < 2;
}

function makeToggle(): HTMLButtonElement {
  const label = say('filter.selected');
  return make(
    'button',
    {
      type: 'button',
      class: 'red-ui-button red-ui-button-small wat-toggle',
      'aria-pressed': 'false',
      'aria-label': label,
      title: label,
    },
    make('i', { class: 'fa fa-crosshairs', 'aria-hidden': 'true' }),
  );
}

/** With nothing selected there is nothing to narrow it to. */
function selectedNode(): string | undefined {
  return RED.view.selection().nodes?.[0]?.id;
}
