import { announceList, makePickButton } from './pick-button.editor.ts';
import { type KnownVariable, matching } from './catalogue.editor.ts';
import { createMenu } from './menu.editor.ts';

type Field = HTMLInputElement | HTMLTextAreaElement;

/** What stands between the braces before the cursor, and how far it goes on behind it. */
const begun = /\{\{\s*([\p{L}\p{N}_$.-]*)$/u;
const going = /^[\p{L}\p{N}_$.-]*(?:\s*\}\})?/u;
const plain = /^[\p{L}\p{N}_$.-]*$/u;

/**
 * Helps to name a variable in every control of a form that is marked with `data-variables`, also in rows
 * that are yet to come: opens at `{{`, by its button, and by Ctrl+Space or Alt+Down.
 */
export function startPicker(root: HTMLElement, variables: () => readonly KnownVariable[]): void {
  let field: Field | undefined;
  /** Where that begins which a choice takes the place of. */
  let from = 0;
  let isByButton = false;
  const menu = createMenu(insert);

  for (const control of root.querySelectorAll('.wa-row > [data-variables]')) {
    announceList(control);
    control.after(makePickButton());
  }

  function update(control: Field): void {
    if (isSearch(control)) {
      field = control;
      from = 0;
      isByButton = plain.test(control.value);
    }
    const before = control.value.slice(0, control.selectionStart ?? 0);
    const braces = begun.exec(before);
    const typed = braces?.[1] ?? before.slice(from);
    const stays = isByButton && control === field && before.length >= from && plain.test(typed);
    if (!braces && !stays) return menu.close();
    field = control;
    if (braces) from = braces.index;
    menu.show(control, matching(variables(), typed));
  }

  function openAt(control: Field): void {
    control.focus({ preventScroll: true });
    field = control;
    from = control.selectionStart ?? control.value.length;
    isByButton = true;
    update(control);
  }

  function insert({ name }: KnownVariable): void {
    menu.close();
    if (!field) return;
    const caret = field.selectionStart ?? field.value.length;
    const isOpen = field.value.startsWith('{{', from);
    const rest = isOpen ? (going.exec(field.value.slice(caret))?.[0].length ?? 0) : 0;
    replace(field, from, caret + rest, `{{${name}}}`);
  }

  root.addEventListener('input', ({ target }) => {
    // What is written into a control by a program is not being typed.
    if (takesVariables(target) && target === document.activeElement) update(target);
  });
  root.addEventListener('focusin', ({ target }) => {
    if (target !== field) isByButton = false;
  });
  root.addEventListener('click', ({ target }) => {
    const button = (target as Element).closest?.('.wa-pick');
    const control = button?.parentElement?.querySelector('[data-variables]');
    if (!takesVariables(control)) return;
    if (menu.isOpen) menu.close();
    else openAt(control);
  });
  root.addEventListener(
    'keydown',
    (event) => {
      if (!takesVariables(event.target)) return;
      if (!handle(event, event.target)) return;
      event.preventDefault();
      event.stopPropagation();
    },
    true,
  );

  /** Whether the key was for the list. The editor itself would close the form at Escape. */
  function handle(event: KeyboardEvent, control: Field): boolean {
    const { key, ctrlKey, altKey } = event;
    if (!menu.isOpen) {
      const isWanted = (key === ' ' && ctrlKey) || (key === 'ArrowDown' && altKey);
      if (isWanted) openAt(control);
      return isWanted;
    }
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[key];
    if (step !== undefined) menu.move(step);
    const active = menu.active();
    if (key === 'Enter' && !ctrlKey && active) insert(active);
    else if (key === 'Escape' || (key === 'Enter' && ctrlKey)) menu.close();
    return step !== undefined || key === 'Escape' || (key === 'Enter' && !ctrlKey);
  }
}

function takesVariables(target: EventTarget | null | undefined): target is Field {
  return (
    target instanceof HTMLElement &&
    target.matches('input[data-variables], textarea[data-variables]')
  );
}

/** A field that only searches for variables, to put them elsewhere. */
function isSearch(field: Field): boolean {
  return field.dataset['variables'] === 'code';
}

/** As if it were typed, so that it can be undone. */
function replace(field: Field, from: number, to: number, text: string): void {
  field.setSelectionRange(from, to);
  // No other way to put text in keeps what can be undone.
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
