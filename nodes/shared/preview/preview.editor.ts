import { common } from '../common.editor.ts';
import { makeFinding } from '../finding-line.editor.ts';
import type { Form } from '../form.editor.ts';
import { make, makeIconButton } from '../make.editor.ts';
import type { Question, Told } from './protocol.ts';
import { messageOf, type Samples } from './samples.editor.ts';

export interface PreviewOptions {
  /** The `<div>` in the form that becomes the preview. */
  readonly place: string;
  readonly node: EditorNode;
  readonly form: Form;
  readonly samples: Samples;
  /** The node's properties as the form has them now. */
  readonly config: () => object;
  readonly credentials?: () => Readonly<Record<string, string>>;
}

/** Something to do with the sample in earnest, such as "Send a test". */
export interface Test<Answer extends Told> {
  readonly label: string;
  readonly note: string;
  readonly show: (answer: Answer) => readonly HTMLElement[];
}

export interface Preview {
  /** To be called for changes that no control of the form tells of, such as a code editor's. */
  update(): void;
}

/** Long enough to type a word, short enough to feel live. */
const pause = 250;

/** Shows in a form what its node would make of a sample, as the runtime's own code makes it. */
export function showPreview<Answer extends Told>(
  options: PreviewOptions,
  show: (answer: Answer, place: HTMLElement) => void,
): Preview {
  const { form, samples } = options;
  const section = placeOf(options);
  const body = make('div', { class: 'wa-shown' });
  const notes = make('ul', { class: 'wa-findings', 'aria-live': 'polite' });
  section.append(head(samples, update), notes, body);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let asked = 0;

  function update(): void {
    clearTimeout(timer);
    timer = setTimeout(ask, pause);
  }
  function ask(): void {
    // The form may have been closed meanwhile.
    if (!body.isConnected) return;
    asked += 1;
    const own = asked;
    askPreview<Answer>(options.node.type, questionOf(options)).then(
      (answer) => {
        // A later question may have been answered before.
        if (own === asked) tell(answer);
      },
      (error: Error) => tell({ faults: [{ code: '', message: error.message }] }),
    );
  }
  function tell(answer: Answer | Told): void {
    if (!body.isConnected) return;
    replaceIfNew(notes, findingsOf(answer));
    const isWhole = Object.keys(answer).some((key) => key !== 'faults' && key !== 'missing');
    // What was right before stays to be seen while somebody is in the middle of a word.
    body.classList.toggle('wa-stale', !isWhole);
    if (isWhole) show(answer as Answer, body);
  }

  $(form.root).on('input change', (event) => {
    if (!section.contains(event.target as Node)) update();
  });
  // Rows that are moved or taken away change no control.
  const rows = new MutationObserver(update);
  for (const list of form.root.querySelectorAll('ol')) rows.observe(list, { childList: true });
  samples.follow(update);
  return { update };
}

function head(samples: Samples, again: () => void): HTMLElement {
  const select = make('select', { 'aria-label': common('preview.with') });
  select.addEventListener('change', () => samples.choose(select.value));
  samples.follow(() => {
    const { id } = samples.chosen();
    const options = samples
      .list()
      .map((one) => new Option(one.label, one.id, false, one.id === id));
    select.replaceChildren(...options);
  });
  return make(
    'div',
    { class: 'wa-row wa-preview-head' },
    make('h4', { class: 'wa-heading' }, common('preview.title')),
    make('span', { class: 'wa-unit', 'aria-hidden': 'true' }, common('preview.with')),
    select,
    makeIconButton('fa-refresh', common('preview.refresh'), again),
  );
}

function findingsOf({ faults = [], missing = [] }: Told): HTMLElement[] {
  return [
    ...faults.map(({ code, message }) => {
      return makeFinding('wrong', code === '' ? message : `${message} (${code})`);
    }),
    ...(missing.length > 0
      ? [makeFinding('warning', common('preview.missing', { names: missing.join(', ') }))]
      : []),
  ];
}

/** Adds a button to a preview that does it in earnest, once, with the sample that is chosen. */
export function addTest<Answer extends Told>(options: PreviewOptions, test: Test<Answer>): void {
  const button = make('button', { type: 'button', class: 'red-ui-button' }, test.label);
  const result = make('div', { class: 'wa-stack', role: 'status' });
  button.addEventListener('click', () => {
    button.disabled = true;
    result.replaceChildren(make('span', { class: 'wa-state' }, common('preview.busy')));
    void askPreview<Answer>(`${options.node.type}/test`, questionOf(options))
      .then(
        (answer) => [list(findingsOf(answer)), ...test.show(answer)],
        (error: Error) => [list([makeFinding('wrong', error.message)])],
      )
      .then((nodes) => result.replaceChildren(...nodes))
      .finally(() => {
        button.disabled = false;
      });
  });
  const note = make('span', { class: 'wa-state' }, test.note);
  placeOf(options).append(make('div', { class: 'wa-row wa-test' }, button, note), result);
}

function placeOf({ place }: PreviewOptions): HTMLElement {
  const section = document.getElementById(place);
  if (!section) throw new Error(`The form has no place "${place}".`);
  return section;
}

/** A list that is read out must not say the same again. */
function replaceIfNew(place: HTMLElement, nodes: readonly HTMLElement[]): void {
  const told = nodes.map((node) => node.textContent).join('\n');
  if (place.dataset['told'] === told) return;
  place.dataset['told'] = told;
  place.replaceChildren(...nodes);
}

function list(findings: readonly HTMLElement[]): HTMLElement {
  return make('ul', { class: 'wa-findings' }, ...findings);
}

function questionOf({ node, samples, config, credentials }: PreviewOptions): Question {
  return {
    id: node.id,
    config: { ...config() },
    msg: messageOf(samples.chosen()),
    credentials: credentials?.() ?? {},
  };
}

export function askPreview<Answer>(path: string, question: Question): Promise<Answer> {
  return new Promise((resolve, reject) => {
    void $.ajax({
      url: `whatsapp-triggers/preview/${path}`,
      method: 'POST',
      contentType: 'application/json',
      data: JSON.stringify(question),
      success: (answer: Answer) => resolve(answer),
      error: ({ status, responseJSON }) => {
        const { error } = (responseJSON ?? {}) as { readonly error?: string };
        const otherwise = status === 401 ? common('preview.forbidden') : common('preview.failed');
        reject(new Error(error ?? otherwise));
      },
    });
  });
}
