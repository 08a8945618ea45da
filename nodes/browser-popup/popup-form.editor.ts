import type { CodeEditors } from '../shared/code.editor.ts';
import { completeVariables } from '../shared/variables/code-variables.editor.ts';
import type { Form } from '../shared/form.editor.ts';
import { helpWithVariables } from '../shared/variables/form-variables.editor.ts';
import { showPreview } from '../shared/preview/preview.editor.ts';
import type { PopupPreview } from '../shared/preview/protocol.ts';
import type { Samples } from '../shared/preview/samples.editor.ts';
import { makeHintPlace, showHints } from '../shared/variables/hints.editor.ts';
import { closePopup, showPopup } from './popup-view.editor.ts';

export interface PopupForm {
  readonly node: EditorNode;
  readonly form: Form;
  readonly samples: Samples;
  readonly code: CodeEditors;
  /** The id of the HTML editor's place. */
  readonly content: string;
  readonly place: string;
  readonly config: () => object;
}

/** The form of a popup while it is open. */
export interface OpenPopup {
  update(): void;
  /** Ends its code editors too; to be called whichever way the form ends. */
  close(): void;
  /** The editor also tells of nodes that are deleted while another one's form is open, or none. */
  deleted(node: EditorNode): void;
}

/** Makes the form of a popup know its variables, and shows the popup; for both nodes that have one. */
export function previewPopup(options: PopupForm): OpenPopup {
  const { form, samples, code, content, place } = options;
  const { known } = helpWithVariables(form.root, samples);
  const stop = completeVariables(code.editor(content), known);
  const hints = makeHintPlace();
  document.getElementById(`${content}-reason`)?.after(hints);
  const preview = showPreview<PopupPreview>(options, showPopup);
  const update = (): void => {
    showHints(hints, code.value(content), known(), (mend) => {
      code.replace(content, mend(code.value(content)));
    });
    preview.update();
  };
  samples.follow(update);
  const close = (): void => {
    stop();
    closePopup(place);
    code.close();
  };
  return {
    update,
    close,
    deleted(node) {
      if (node.id === options.node.id) close();
    },
  };
}
