import { makeFinding } from '../shared/finding-line.editor.ts';
import type { Form } from '../shared/form.editor.ts';
import { formValues } from '../shared/preview/form-values.editor.ts';
import { make } from '../shared/make.editor.ts';
import { addTest, showPreview } from '../shared/preview/preview.editor.ts';
import type { ScriptPreview, ScriptTest } from '../shared/preview/protocol.ts';
import { legible, makeText } from '../shared/preview/request-view.editor.ts';
import { loadSamples } from '../shared/preview/samples.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { connectedAccount } from '../shared/preview/upstream.editor.ts';

const say = sayFor('script');

/** Shows what would be run and with what, and can run it. */
export function previewScript(node: EditorNode, form: Form): void {
  const samples = loadSamples(connectedAccount(node));
  const config = () => formValues(node, form);
  const options = { place: 'script-preview', node, form, samples, config };
  showPreview<ScriptPreview>(options, (told, place) => place.replaceChildren(...view(told)));
  addTest<ScriptTest>(options, {
    label: say('test.run'),
    note: say('test.note'),
    show: ({ exitCode, duration, stdout, stderr }) => [
      ...(duration === undefined
        ? []
        : [make('strong', {}, say('test.done', { exitCode: String(exitCode), duration }))]),
      ...(stdout === '' ? [] : [makeText(say('test.stdout'), stdout)]),
      ...(stderr === '' ? [] : [makeText(say('test.stderr'), stderr)]),
    ],
  });
}

function view({ folders, file, interpreter, command, environment, stdin }: ScriptPreview) {
  const { name, path } = interpreter;
  const isFound = path !== undefined;
  const program =
    name === ''
      ? say('preview.itself')
      : say(isFound ? 'preview.program' : 'preview.noProgram', { name, path: path ?? '' });
  const places = say('preview.folders', { folders: folders.join(', ') });
  return [
    make(
      'ul',
      { class: 'wa-findings' },
      ...(file === undefined ? [] : [makeFinding('ok', say('preview.file', { file }))]),
      ...(file === undefined && folders.length > 0 ? [makeFinding('warning', places)] : []),
      ...(name === '' && file === undefined
        ? []
        : [makeFinding(isFound ? 'ok' : 'wrong', program)]),
    ),
    make(
      'div',
      { class: 'wa-request' },
      make('div', { class: 'wa-request-line' }, command.join(' ')),
      makeText(
        say('preview.environment'),
        environment.map(([key, value]) => `${key}=${value}`).join('\n'),
      ),
      makeText(say('preview.stdin'), legible(stdin)),
    ),
  ];
}
