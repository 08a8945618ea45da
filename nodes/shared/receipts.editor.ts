import type { openForm } from './form.editor.ts';

/** The port comes and goes with its checkbox. */
export function followReceipts(form: ReturnType<typeof openForm>): void {
  form.follow(['receipts'], () => {
    form.control('outputs').value = form.checked('receipts') ? '2' : '1';
  });
}
