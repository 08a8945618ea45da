import { holds, readWhen } from './choice.editor.ts';
import { showVariableFlag } from './flags.editor.ts';
import { useLook } from './look.editor.ts';
import { textOf } from './text.editor.ts';

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** An open edit dialog, asked by the names of the node's properties. */
export interface Form {
  readonly root: HTMLElement;
  /** The control of a property or credential; throws when the template lacks it. */
  control(property: string): Control;
  value(property: string): string;
  checked(property: string): boolean;
  /** Calls at once and whenever one of the controls changes. */
  follow(properties: readonly string[], listener: () => void): void;
}

/** What every form of the family does when it opens: its look, its parts that follow a choice, its reasons. */
export function openForm(node: EditorNode): Form {
  useLook();
  const form = createForm(node);
  for (const property of Object.keys(node._def.defaults)) {
    showVariableFlag(document.getElementById(`${idPrefix(node)}-${property}`), node[property]);
  }
  followChoices(form);
  showReasons(node, form);
  return form;
}

function createForm(node: EditorNode): Form {
  const prefix = idPrefix(node);
  const control = (property: string) => {
    const found = document.getElementById(`${prefix}-${property}`);
    if (!found) throw new Error(`${node.type}.html has no control for "${property}".`);
    return found as Control;
  };
  const root = control('name').closest('form');
  if (!root) throw new Error('There is no open form.');
  const value = (property: string) => control(property).value ?? '';
  const checked = (property: string) => (control(property) as HTMLInputElement).checked;
  const follow = (properties: readonly string[], listener: () => void) => {
    for (const property of properties) $(control(property)).on('input change', listener);
    listener();
  };
  return { root, control, value, checked, follow };
}

export function idPrefix(node: EditorNode): string {
  return node._def.category === 'config' ? 'node-config-input' : 'node-input';
}

function followChoices(form: Form): void {
  for (const part of form.root.querySelectorAll<HTMLElement>('[data-when]')) {
    const conditions = readWhen(part.dataset['when'] ?? '');
    const update = () => {
      part.hidden = !holds(conditions, (property) => choiceOf(form.control(property)));
    };
    form.follow(
      conditions.map(({ property }) => property),
      update,
    );
  }
}

function choiceOf(control: Control): string {
  if (control instanceof HTMLInputElement && control.type === 'checkbox') {
    return control.checked ? 'on' : 'off';
  }
  return control.value === '_ADD_' ? '' : control.value;
}

/** The editor shows a reason only to the mouse: here it stands below the control and is announced. */
function showReasons(node: EditorNode, form: Form): void {
  const { defaults, credentials } = node._def;
  for (const [property, { validate }] of Object.entries({ ...defaults, ...credentials })) {
    const control = document.getElementById(`${idPrefix(node)}-${property}`) as Control | null;
    if (!validate || !control || control.type === 'hidden') continue;
    const place = document.createElement('div');
    place.className = 'wa-reason';
    place.id = `${control.id}-reason`;
    place.setAttribute('role', 'status');
    (control.closest('.wa-row') ?? control).after(place);
    control.setAttribute('aria-describedby', place.id);
    const update = () => {
      const answer = validate.call(node, control.value, {});
      place.textContent = answer === true ? '' : answer;
      control.setAttribute('aria-invalid', String(answer !== true));
    };
    // Another control may decide whether this one is right.
    $(form.root).on('input change', update);
    update();
  }
}

/** What a property is just now: in the form while the node is being edited, else as saved. */
export function currentValue(node: EditorNode, property: string): unknown {
  const edited = RED.editor.getEditStack().at(-1) === node;
  const control = edited && document.getElementById(`${idPrefix(node)}-${property}`);
  return control ? choiceOf(control as Control) : node[property];
}

/** To the editor itself a 0 is nothing, saved or as a default: it would show an empty field. */
export function showNumbers(node: EditorNode, properties: readonly string[]): void {
  for (const property of properties) {
    const value = node[property] ?? node._def.defaults[property]?.value;
    createForm(node).control(property).value = textOf(value);
  }
}

/** Saves numbers as numbers; what is not one stays as typed, for the validator to name. */
export function saveNumbers(node: EditorNode, properties: readonly string[]): void {
  for (const property of properties) {
    const text = createForm(node).value(property).trim();
    const number = Number(text);
    node[property] = text === '' || Number.isNaN(number) ? text : number;
  }
}

/** Offers a saved choice that the form itself no longer or not yet has, so that opening it loses nothing. */
export function keepSavedChoice(form: Form, property: string, saved: unknown, label: string): void {
  const select = form.control(property) as HTMLSelectElement;
  if (typeof saved !== 'string' || saved === '') return;
  const known = [...select.options].some((option) => option.value === saved);
  if (!known) select.add(new Option(label, saved));
  $(select).val(saved).trigger('change');
}
