import { common } from '../common.editor.ts';
import { make } from '../make.editor.ts';
import { groups, type KnownVariable } from './catalogue.editor.ts';

/** The list of variables below a control, which keeps the keyboard. */
export interface VariableMenu {
  readonly isOpen: boolean;
  /** Shows these for a control; with none of them there is nothing to show. */
  show(control: HTMLElement, variables: readonly KnownVariable[]): void;
  move(step: number): void;
  active(): KnownVariable | undefined;
  close(): void;
}

const id = 'whatsapp-triggers-variables';
const room = 280;
const least = 340;

export function createMenu(choose: (variable: KnownVariable) => void): VariableMenu {
  let control: HTMLElement | undefined;
  let list: HTMLElement | undefined;
  let shown: readonly KnownVariable[] = [];
  let at = 0;

  function options(): HTMLElement[] {
    return [...(list?.querySelectorAll<HTMLElement>('[role=option]') ?? [])];
  }
  function mark(): void {
    for (const [index, option] of options().entries()) {
      option.setAttribute('aria-selected', String(index === at));
    }
    const active = options()[at];
    if (!list || !active) return;
    control?.setAttribute('aria-activedescendant', active.id);
    // Not by scrollIntoView, which would move the whole editor too.
    const { offsetTop, offsetHeight } = active;
    const lowest = offsetTop + offsetHeight - list.clientHeight;
    list.scrollTop = Math.min(at === 0 ? 0 : offsetTop, Math.max(list.scrollTop, lowest));
  }
  function close(): void {
    list?.remove();
    list = undefined;
    for (const name of ['aria-activedescendant', 'aria-controls']) control?.removeAttribute(name);
    expand(control, false);
    control?.removeEventListener('focusout', close);
    globalThis.removeEventListener('scroll', follow, true);
    globalThis.removeEventListener('resize', follow);
    control = undefined;
    shown = [];
  }
  /** The form scrolls below it, and the window changes its size. */
  function follow(): void {
    if (!control?.isConnected) close();
    else if (list) place(list, control);
  }
  function open(for_: HTMLElement): HTMLElement {
    close();
    control = for_;
    const made = make('div', { id, class: 'wa-menu', role: 'listbox' });
    made.setAttribute('aria-label', common('picker.title'));
    // The control keeps the keyboard, whatever is clicked here.
    made.addEventListener('mousedown', (event) => event.preventDefault());
    made.addEventListener('click', ({ target }) => {
      const option = (target as Element).closest<HTMLElement>('[role=option]');
      const found = option && shown[options().indexOf(option)];
      if (found) choose(found);
    });
    document.body.append(made);
    control.setAttribute('aria-controls', id);
    expand(control, true);
    control.addEventListener('focusout', close);
    globalThis.addEventListener('scroll', follow, true);
    globalThis.addEventListener('resize', follow);
    return made;
  }

  return {
    get isOpen() {
      return list !== undefined;
    },
    show(wanted, variables) {
      if (variables.length === 0) return close();
      list = control === wanted && list ? list : open(wanted);
      at = 0;
      const sections = sectionsOf(variables);
      shown = sections.flatMap(([, members]) => members);
      list.replaceChildren(...sections.map(([group, members]) => section(group, members)));
      options().forEach((option, index) => (option.id = `${id}-${index}`));
      place(list, wanted);
      mark();
    },
    move(step) {
      at = (at + step + shown.length) % shown.length;
      mark();
    },
    active: () => shown[at],
    close,
  };
}

/** A text area has no such state. */
function expand(control: HTMLElement | undefined, isOpen: boolean): void {
  if (control?.role === 'combobox') control.ariaExpanded = String(isOpen);
}

type Section = readonly [group: KnownVariable['group'], members: readonly KnownVariable[]];

function sectionsOf(variables: readonly KnownVariable[]): readonly Section[] {
  const all = groups.map(
    (group) => [group, variables.filter((one) => one.group === group)] as const,
  );
  const filled = all.filter(([, members]) => members.length > 0);
  // What fits best comes first, and its group with it.
  const [best] = variables;
  return filled.toSorted(([a], [b]) => Number(b === best?.group) - Number(a === best?.group));
}

function section(group: KnownVariable['group'], members: readonly KnownVariable[]): HTMLElement {
  const label = common(`picker.${group}`);
  return make(
    'div',
    { role: 'group', 'aria-label': label },
    make('div', { class: 'wa-menu-group', role: 'presentation' }, label),
    ...members.map(option),
  );
}

function option({ name, value, sensitive, description }: KnownVariable): HTMLElement {
  const lock = make('i', { class: 'fa fa-lock', 'aria-hidden': 'true' });
  const secret = make('span', { class: 'wa-menu-secret' }, lock, common('picker.sensitive'));
  const sample = value === undefined || value === '' ? '' : shortened(value);
  return make(
    'div',
    { class: 'wa-menu-option', role: 'option' },
    make('code', {}, name),
    sensitive ? secret : make('span', { class: 'wa-menu-value' }, sample),
    make('span', { class: 'wa-menu-about' }, description),
  );
}

/** Customers write what they like: bidirectional marks stay within their own element by its style. */
function shortened(value: string): string {
  const line = value.replaceAll(/\s+/g, ' ');
  return line.length > 60 ? `${line.slice(0, 59).toWellFormed()}…` : line;
}

function place(list: HTMLElement, control: HTMLElement): void {
  const { top, bottom, left, width } = control.getBoundingClientRect();
  const below = innerHeight - bottom;
  const isAbove = below < room && top > below;
  const wide = Math.min(Math.max(width, least), innerWidth - 16);
  Object.assign(list.style, {
    width: `${wide}px`,
    left: `${Math.max(8, Math.min(left, innerWidth - wide - 8))}px`,
    maxHeight: `${Math.min(room, (isAbove ? top : below) - 8)}px`,
    top: isAbove ? '' : `${bottom + 2}px`,
    bottom: isAbove ? `${innerHeight - top + 2}px` : '',
  });
}
