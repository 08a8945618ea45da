import { makeFinding } from '../shared/finding-line.editor.ts';
import type { Form } from '../shared/form.editor.ts';
import { formValues } from '../shared/preview/form-values.editor.ts';
import { helpWithVariables } from '../shared/variables/form-variables.editor.ts';
import { make } from '../shared/make.editor.ts';
import { askPreview, showPreview } from '../shared/preview/preview.editor.ts';
import type { CtiPreview, FramingAnswer } from '../shared/preview/protocol.ts';
import { makeText } from '../shared/preview/request-view.editor.ts';
import { loadSamples } from '../shared/preview/samples.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { connectedAccount } from '../shared/preview/upstream.editor.ts';

const say = sayFor('cti-url');

/** Browsers take more; what stands between them and the program often does not. */
const longUrl = 2_000;
/** A stranger's site is asked only about an address that is no longer being typed. */
const pause = 1_000;

/** Shows the address that the form makes of a sample, and whether it fits where it is to open. */
export function previewCti(node: EditorNode, form: Form, own: () => object): void {
  const samples = loadSamples(connectedAccount(node));
  helpWithVariables(form.root, samples);
  const framing = make('ul', { class: 'wa-findings', 'aria-live': 'polite' });
  const look = createFramingLook(node, framing);
  const isOn = () => $('#cti-url-event-variables').val() === 'yes';
  const config = () => ({ ...formValues(node, form), ...own(), eventVariables: isOn() });
  showPreview<CtiPreview>(
    { place: 'cti-url-preview', node, form, samples, config },
    (told, place) => {
      place.replaceChildren(view(told, isOn()), framing);
      look(form.value('location') === 'dashboard' ? told.url : '', form.value('desktop'));
    },
  );
}

function view({ url, added, collided, tabTitle }: CtiPreview, isOn: boolean): HTMLElement {
  const length = say('preview.length', { length: url.length });
  const facts = [
    length,
    ...(tabTitle === '' ? [] : [say('preview.tabTitle', { title: tabTitle })]),
  ];
  const adds = say(isOn ? 'preview.added' : 'preview.wouldAdd', { count: added.length });
  const collides = say('preview.collided', { names: collided.join(', ') });
  return make(
    'div',
    { class: 'wa-request' },
    make('div', { class: 'wa-request-line' }, url),
    make('div', { class: 'wa-state' }, facts.join(' · ')),
    ...(url.length > longUrl
      ? [make('ul', { class: 'wa-findings' }, makeFinding('warning', say('preview.long')))]
      : []),
    ...(added.length > 0 ? [makeText(adds, added.join(', '))] : []),
    ...(collided.length > 0 ? [make('div', { class: 'wa-state' }, collides)] : []),
  );
}

const states = {
  allowed: 'ok',
  refused: 'warning',
  unlisted: 'wrong',
  unknown: 'warning',
} as const;

/** Asks once for a site, whichever customer's page of it is shown. */
function createFramingLook(node: EditorNode, place: HTMLElement) {
  let last = '';
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (url: string, desktop: string): void => {
    const { origin, pathname } = URL.parse(url) ?? { origin: '', pathname: '' };
    const frames = RED.nodes.node(desktop)?.['frames'] ?? [];
    const subject = JSON.stringify([origin, pathname.split('/')[1], frames]);
    if (subject === last) return;
    last = subject;
    clearTimeout(timer);
    place.replaceChildren();
    if (url === '') return;
    timer = setTimeout(() => {
      if (!place.isConnected) return;
      const asked = { id: node.id, config: { url, frames }, msg: {}, credentials: {} };
      askPreview<FramingAnswer>('cti-url/framing', asked).then(
        ({ framing }) => {
          // The form may have been closed meanwhile.
          if (subject !== last || !place.isConnected) return;
          const { host } = new URL(url);
          place.replaceChildren(makeFinding(states[framing], say(`framing.${framing}`, { host })));
        },
        () => undefined,
      );
    }, pause);
  };
}
