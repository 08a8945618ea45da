import { type Form, idPrefix } from '../form.editor.ts';

/** The properties of a node as its open form has them; what has no control is as it was saved. */
export function formValues(node: EditorNode, form: Form): Record<string, unknown> {
  const names = Object.keys(node._def.defaults);
  return Object.fromEntries(names.map((name) => [name, valueOf(node, form, name)]));
}

/** Of the credentials only those that the form shows just now. */
export function formCredentials(node: EditorNode, form: Form): Record<string, string> {
  const names = Object.keys(node._def.credentials ?? {});
  const shown = names.filter((name) => !form.control(name).closest('[hidden]'));
  return Object.fromEntries(shown.map((name) => [name, form.value(name)]));
}

function valueOf(node: EditorNode, form: Form, name: string): unknown {
  if (!document.getElementById(`${idPrefix(node)}-${name}`)) return node[name];
  const control = form.control(name);
  const isFlag = typeof node._def.defaults[name]?.value === 'boolean';
  if (isFlag && control instanceof HTMLInputElement) return control.checked;
  return control.value === '_ADD_' ? '' : control.value;
}
