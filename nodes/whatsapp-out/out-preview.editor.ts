import type { Form } from '../shared/form.editor.ts';
import { formValues } from '../shared/preview/form-values.editor.ts';
import { helpWithVariables } from '../shared/variables/form-variables.editor.ts';
import { make } from '../shared/make.editor.ts';
import { showPreview } from '../shared/preview/preview.editor.ts';
import type { OutPreview } from '../shared/preview/protocol.ts';
import { makeRequestView } from '../shared/preview/request-view.editor.ts';
import { loadSamples } from '../shared/preview/samples.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { connectedAccount } from '../shared/preview/upstream.editor.ts';

const say = sayFor('whatsapp-out');

/** Shows what the form says to whom, and with which request to the provider. */
export function previewOut(node: EditorNode, form: Form, own: () => object): void {
  const samples = loadSamples(connectedAccount(node));
  helpWithVariables(form.root, samples);
  const config = () => ({ ...formValues(node, form), ...own() });
  const place = 'whatsapp-out-preview';
  const details = make('details', { class: 'wa-more' });
  showPreview<OutPreview>({ place, node, form, samples, config }, (told, shown) => {
    details.replaceChildren(
      make('summary', {}, say('preview.request')),
      ...(told.request ? [makeRequestView(told.request)] : []),
    );
    details.hidden = told.request === undefined;
    const to = make('div', { class: 'wa-state' }, say('preview.to', { to: told.to }));
    shown.replaceChildren(to, make('div', { class: 'wa-bubble' }, textIn(told.content)), details);
  });
}

function textIn(content: OutPreview['content']): string {
  const { kind, text, name, language, parameters, url, caption, body } = content;
  switch (kind) {
    case 'text':
      return textOf(text);
    case 'template': {
      const values = Array.isArray(parameters)
        ? parameters.map((one, index) => `${index + 1}: ${one}`)
        : [];
      return [`${textOf(name)} (${textOf(language)})`, ...values].join('\n');
    }
    case 'media':
      return [textOf(url), textOf(caption)].filter((line) => line !== '').join('\n');
    default:
      return JSON.stringify(body, null, 2);
  }
}
