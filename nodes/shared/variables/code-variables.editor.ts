import { common } from '../common.editor.ts';
import type { CodeEditors } from '../code.editor.ts';
import { make } from '../make.editor.ts';
import type { KnownVariable } from './catalogue.editor.ts';

const begun = /\{\{\s*[\p{L}\p{N}_$.-]*$/u;
const going = /^[\p{L}\p{N}_$.-]*(?:\s*\}\})?/u;
const whole = /^\{\{[^{}]+\}\}$/;

/** A field above a code editor from which a variable goes into the code. Made before the form's picker starts. */
export function addCodePicker(id: string, code: CodeEditors): void {
  const field = make('input', {
    type: 'text',
    id: `${id}-variable`,
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: common('picker.find'),
    'data-variables': 'code',
  });
  field.addEventListener('input', () => {
    if (!whole.test(field.value)) return;
    const name = field.value;
    field.value = '';
    code.insert(id, name);
  });
  const label = make('label', { for: field.id, class: 'fa-code' }, common('picker.insert'));
  document.getElementById(id)?.before(make('div', { class: 'wa-row' }, label, field));
}

/** In the editor that Node-RED uses by default, variables are also offered at `{{`, by its own list. */
export function completeVariables(
  editor: EditorCodeEditor,
  variables: () => readonly KnownVariable[],
): () => void {
  const monaco = globalThis.monaco;
  if (!editor.getModel || !monaco) return () => undefined;
  const provider = monaco.languages.registerCompletionItemProvider('html', {
    triggerCharacters: ['{'],
    provideCompletionItems(model, { lineNumber, column }) {
      if (model !== editor.getModel?.()) return { suggestions: [] };
      const line = model.getLineContent(lineNumber);
      const open = begun.exec(line.slice(0, column - 1));
      if (!open) return { suggestions: [] };
      const rest = going.exec(line.slice(column - 1))?.[0].length ?? 0;
      const range = {
        startLineNumber: lineNumber,
        endLineNumber: lineNumber,
        startColumn: open.index + 1,
        endColumn: column + rest,
      };
      const suggestions = variables().map(({ name, value = '', sensitive, description }) => ({
        label: name,
        kind: monaco.languages.CompletionItemKind.Variable,
        detail: sensitive ? common('picker.sensitive') : value.slice(0, 60),
        documentation: description,
        filterText: `{{${name}`,
        insertText: `{{${name}}}`,
        range,
      }));
      return { suggestions };
    },
  });
  return () => provider.dispose();
}
