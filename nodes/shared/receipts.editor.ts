import { fillDefaults } from './defaults.editor.ts';
import type { openForm } from './form.editor.ts';

/** What a node with a second output for receipts saves of it. */
export const receiptDefaults = { receipts: { value: false }, outputs: { value: 1 } };

/** The port comes and goes with its checkbox. */
export function followReceipts(form: ReturnType<typeof openForm>): void {
  form.follow(['receipts'], () => {
    form.control('outputs').value = form.checked('receipts') ? '2' : '1';
  });
}

/** A flow written by hand says `receipts` but not how many ports that makes. */
export function fillReceipts(type: string): void {
  fillDefaults(type, (node) => {
    node.outputs = node['receipts'] === true ? 2 : 1;
  });
}
