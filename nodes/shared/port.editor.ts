import type { openForm } from './form.editor.ts';

/** The second port comes and goes with its checkbox; where a variable stands instead, it stays as it is. */
export function followPort(form: ReturnType<typeof openForm>, property: string): void {
  form.follow([property], () => {
    if (form.control(property).type !== 'checkbox') return;
    form.control('outputs').value = form.checked(property) ? '2' : '1';
  });
}
