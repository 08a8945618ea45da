import { common } from '../common.editor.ts';
import { make } from '../make.editor.ts';

/** Tells that a list may open below a control; a text area can only be named as what it is. */
export function announceList(control: Element): void {
  if (!(control instanceof HTMLInputElement)) return;
  control.role = 'combobox';
  control.ariaExpanded = 'false';
  control.ariaAutoComplete = 'list';
}

/** A button beside a control that takes variables. */
export function makePickButton(): HTMLElement {
  const label = common('picker.insert');
  return make(
    'button',
    { type: 'button', class: 'red-ui-button wa-pick', title: label, 'aria-label': label },
    make('span', { 'aria-hidden': 'true' }, '{ }'),
  );
}
