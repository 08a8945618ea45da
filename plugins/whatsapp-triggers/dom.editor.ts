import { make } from '../../nodes/shared/make.editor.ts';
import type { Look } from './outcomes.editor.ts';

type Children = readonly (Node | string)[];

/** A small button with words on it. */
export function makeButton(label: string, click: () => void, icon?: string): HTMLButtonElement {
  const sign = icon ? [make('i', { class: `fa ${icon}`, 'aria-hidden': 'true' }), ' '] : [];
  const button = make(
    'button',
    { type: 'button', class: 'red-ui-button red-ui-button-small' },
    ...sign,
    label,
  );
  button.addEventListener('click', click);
  return button;
}

/** A name that leads somewhere. */
export function makeLink(children: Children, click: () => void): HTMLButtonElement {
  const button = make('button', { type: 'button', class: 'wat-link' }, ...children);
  button.addEventListener('click', click);
  return button;
}

export function makeSign({ icon, tone }: Look): HTMLElement {
  return make('i', { class: `fa ${icon} wat-${tone}`, 'aria-hidden': 'true' });
}

/** Somebody else's words, in their own direction. */
export function makeWords(text: string, className = ''): HTMLElement {
  const words = make('bdi', className === '' ? {} : { class: className });
  words.textContent = text;
  return words;
}

/** A line in which a result is told to everybody, also to those who do not see it. */
export function makeNotice(): { readonly element: HTMLElement; say(...text: Children): void } {
  const element = make('p', { class: 'wat-notice', role: 'status' });
  return { element, say: (...text) => element.replaceChildren(...text) };
}

let fields = 0;

/** A control with its caption above. */
export function makeField(caption: string, control: HTMLElement): HTMLElement {
  control.id = `wat-field-${(fields += 1)}`;
  const label = make('label', { class: 'wat-caption', for: control.id }, caption);
  return make('div', { class: 'wat-field' }, label, control);
}

/** A node's name as a way to it; one that is not in the flows any more is only named. */
export function makeNodeLink(id: string, name: string): HTMLElement {
  if (!RED.nodes.node(id)) return makeWords(name, 'wat-node');
  return makeLink([makeWords(name)], () => RED.view.reveal(id, true));
}

/**
 * Calls while the element is on the screen; what is hidden asks nothing of the server. Where it is in
 * the document already, it ends when it is taken out.
 */
export function whileShown(element: HTMLElement, milliseconds: number, act: () => void): void {
  const mayEnd = element.isConnected;
  const timer = setInterval(() => {
    if (mayEnd && !element.isConnected) return clearInterval(timer);
    if (element.offsetParent !== null && !document.hidden) act();
  }, milliseconds);
}

/**
 * Shows items in their order and leaves the elements of those that have not changed where they are: so
 * a list that lives keeps the focus and the place of its reader.
 */
export function makeKeyedList<Item>(
  list: HTMLElement,
  keyOf: (item: Item) => string,
  render: (item: Item) => HTMLElement,
): (items: readonly Item[]) => void {
  let known = new Map<string, { readonly text: string; readonly element: HTMLElement }>();
  return (items) => {
    const next: typeof known = new Map();
    for (const item of items) {
      const key = keyOf(item);
      const text = JSON.stringify(item);
      const before = known.get(key);
      next.set(key, before?.text === text ? before : { text, element: renewed(item, before) });
    }
    for (const [key, { element }] of known)
      if (next.get(key)?.element !== element) element.remove();
    let place = list.firstElementChild;
    for (const { element } of next.values()) {
      if (element === place) place = place.nextElementSibling;
      else list.insertBefore(element, place);
    }
    known = next;
  };

  function renewed(item: Item, before?: { readonly element: HTMLElement }): HTMLElement {
    const element = render(item);
    if (before?.element.contains(document.activeElement)) {
      before.element.replaceWith(element);
      element.querySelector<HTMLElement>('button')?.focus();
    }
    return element;
  }
}
