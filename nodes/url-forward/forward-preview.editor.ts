import type { Form } from '../shared/form.editor.ts';
import { formCredentials, formValues } from '../shared/preview/form-values.editor.ts';
import { helpWithVariables } from '../shared/variables/form-variables.editor.ts';
import { make } from '../shared/make.editor.ts';
import { addTest, showPreview } from '../shared/preview/preview.editor.ts';
import type { ForwardPreview, ForwardTest } from '../shared/preview/protocol.ts';
import { legible, makeRequestView, makeText } from '../shared/preview/request-view.editor.ts';
import { loadSamples } from '../shared/preview/samples.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { connectedAccount } from '../shared/preview/upstream.editor.ts';

const say = sayFor('url-forward');

/** Shows the request that the form makes of a sample, and can send it. */
export function previewForward(node: EditorNode, form: Form, lists: () => object): void {
  const samples = loadSamples(connectedAccount(node));
  helpWithVariables(form.root, samples);
  const options = {
    place: 'url-forward-preview',
    node,
    form,
    samples,
    config: () => ({ ...formValues(node, form), ...lists() }),
    credentials: () => formCredentials(node, form),
  };
  showPreview<ForwardPreview>(options, ({ request }, place) => {
    place.replaceChildren(makeRequestView(request));
  });
  addTest<ForwardTest>(options, {
    label: say('test.send'),
    note: say('test.note'),
    show: ({ statusCode, duration, body }) => {
      if (statusCode === undefined) return [];
      const line = say('test.answer', { status: statusCode, duration });
      const told = make('strong', {}, line);
      return body === '' ? [told] : [told, makeText(say('test.body'), legible(body))];
    },
  });
}
