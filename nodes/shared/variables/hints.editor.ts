import { parseTemplate } from '../../../src/template/template.ts';
import { common } from '../common.editor.ts';
import { make } from '../make.editor.ts';
import { type KnownVariable, nearest, unknownNames } from './catalogue.editor.ts';

/** Says below every control that takes variables which of them nobody knows, and what may be meant. */
export function startHints(
  root: HTMLElement,
  variables: () => readonly KnownVariable[],
): { readonly update: () => void } {
  const places = new WeakMap<Element, HTMLElement>();

  function update(): void {
    for (const control of root.querySelectorAll<HTMLInputElement>('[data-variables]')) {
      const place = places.get(control) ?? placeFor(control);
      places.set(control, place);
      showHints(place, control.value, variables(), (mend) => {
        control.value = mend(control.value);
        control.dispatchEvent(new Event('input', { bubbles: true }));
        control.focus();
      });
    }
  }
  root.addEventListener('input', update);
  root.addEventListener('change', update);
  return { update };
}

/** The hints for a text, each with a button that puts it right; `put` is told how to mend the text of then. */
export function showHints(
  place: HTMLElement,
  text: string,
  variables: readonly KnownVariable[],
  put: (mend: (text: string) => string) => void,
): void {
  const names = variables.map(({ name }) => name);
  const hints = unknownNames(namesIn(text), variables).map((name) => {
    const near = nearest(names, name);
    if (near === undefined) return make('span', {}, common('hint.unknown', { name }));
    const button = make(
      'button',
      { type: 'button', class: 'red-ui-button red-ui-button-small' },
      common('hint.use', { name: near }),
    );
    button.addEventListener('click', () => put((now) => renamed(now, name, near)));
    return make('span', {}, common('hint.near', { name }), ' ', button);
  });
  const told = hints.map((hint) => hint.textContent).join('\n');
  // What is read out again must be new.
  if (place.dataset['told'] === told) return;
  place.dataset['told'] = told;
  place.replaceChildren(...hints);
}

export function makeHintPlace(): HTMLElement {
  return make('div', { class: 'wa-hint', role: 'status' });
}

function placeFor(control: HTMLElement): HTMLElement {
  const place = makeHintPlace();
  const cell = control.closest('.wa-picked');
  const reason = document.getElementById(`${control.id}-reason`);
  if (cell) cell.append(place);
  else (reason ?? control.closest('.wa-row') ?? control).after(place);
  return place;
}

/** While a name is still being written there is nothing to say about it. */
function namesIn(text: string): readonly string[] {
  try {
    return parseTemplate(text).names;
  } catch {
    return [];
  }
}

function renamed(text: string, name: string, near: string): string {
  return text.replaceAll(/\{\{\s*([^{}]*?)\s*\}\}/g, (tag, found) =>
    found === name ? `{{${near}}}` : tag,
  );
}
