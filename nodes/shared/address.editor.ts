import { make } from './make.editor.ts';

/** An address on this Node-RED's side for flows (`httpNodeRoot`), as the browser at hand reaches it. */
export function nodeAddress(path: string): string {
  const root = RED.settings.httpNodeRoot;
  const base = typeof root === 'string' ? root : '/';
  return new URL(`${base.replace(/\/*$/, '/')}${path}`, location.origin).href;
}

/** Puts a button beside an address that copies it. */
export function addCopyButton(address: JQuery, label: string): void {
  const icon = make('i', { class: 'fa fa-clipboard', 'aria-hidden': 'true' });
  const attributes = { type: 'button', class: 'red-ui-button', title: label, 'aria-label': label };
  const button = $(make('button', attributes, icon));
  button.on('click', () => {
    RED.clipboard.copyText(address.text(), button, 'clipboard.copyMessageValue');
  });
  address.after(button);
}
