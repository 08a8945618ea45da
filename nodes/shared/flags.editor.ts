import { isFromEnvironment, textOf } from './text.editor.ts';

/** A flag may have been written as a text, as the runtime takes it: to a checkbox, "false" is a tick. */
export function flagOf(saved: unknown): unknown {
  return saved === 'true' || saved === 'false' ? saved === 'true' : saved;
}

/**
 * A flag that an environment variable decides stands in the form as that text: out of a box the editor
 * would save a tick. Who writes something else there gets the box.
 */
export function showVariableFlag(control: HTMLElement | null, saved: unknown): void {
  if (!(control instanceof HTMLInputElement) || control.type !== 'checkbox') return;
  if (!isFromEnvironment(saved)) return;
  const { className } = control;
  const role = control.getAttribute('role');
  control.type = 'text';
  control.className = 'wa-short';
  control.removeAttribute('role');
  control.value = textOf(saved);
  const follow = () => {
    if (isFromEnvironment(control.value)) return;
    control.removeEventListener('change', follow);
    control.checked = control.value.trim() === 'true';
    control.type = 'checkbox';
    control.className = className;
    if (role !== null) control.setAttribute('role', role);
  };
  control.addEventListener('change', follow);
}
