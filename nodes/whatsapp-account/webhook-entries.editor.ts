import { addCopyButton, nodeAddress } from '../shared/address.editor.ts';
import type { Form } from '../shared/form.editor.ts';
import { make, makeIconButton } from '../shared/make.editor.ts';
import type { Say } from '../shared/say.editor.ts';
import { type Entry, entriesOf, isPublic } from './provider-entries.ts';

const asked = ['path', 'publicUrl', 'provider', 'verifyToken', 'webhookSecret', 'proofHeader'];

/** Shows the webhook's URL, whether a provider can reach it, and what is to be entered at the provider. */
export function showWebhook(node: EditorNode, form: Form, say: Say): void {
  const address = $('#whatsapp-account-webhook');
  addCopyButton(address, say('label.copy'));
  form.follow(asked, () => {
    const path = encodeURIComponent(form.value('path').trim() || node.id);
    const url = form.value('publicUrl').trim() || nodeAddress(`whatsapp/${path}`);
    const isOutOfReach = form.value('provider') !== 'simulator' && !isPublic(url);
    address.text(url);
    $('#whatsapp-account-private')
      .text(isOutOfReach ? say('note.private') : '')
      .prop('hidden', !isOutOfReach);
    showEntries(entriesIn(form, url), say);
  });
  $('#whatsapp-account-make-token').on('click', () => {
    $(form.control('verifyToken')).val(randomToken()).trigger('change');
  });
}

function entriesIn(form: Form, url: string): readonly Entry[] {
  return entriesOf(form.value('provider'), {
    url,
    verifyToken: form.value('verifyToken'),
    webhookSecret: form.value('webhookSecret'),
    header: form.value('proofHeader'),
  });
}

/** Where the provider has a name of its own for the URL, the plain one would be there twice. */
function showEntries(entries: readonly Entry[], say: Say): void {
  const isPlain = entries.length === 0;
  $('#whatsapp-account-webhook').closest('.wa-row').prop('hidden', !isPlain);
  $('#whatsapp-account-entries-row').prop('hidden', isPlain);
  document
    .getElementById('whatsapp-account-entries')
    ?.replaceChildren(...entries.map((entry) => makeEntry(entry, say)));
}

function makeEntry({ label, value, isSecret, isSaved }: Entry, say: Say): HTMLElement {
  const title = say(`entry.${label}`);
  const shown = isSaved ? say('entry.saved') : isSecret ? '•'.repeat(12) : value;
  const copy = makeIconButton('fa-clipboard', say('label.copyOf', { what: title }), () => {
    RED.clipboard.copyText(value, $(copy), 'clipboard.copyMessageValue');
  });
  return make(
    'div',
    {},
    make('dt', {}, title),
    make('dd', {}, make('span', {}, shown), ...(isSaved ? [] : [copy])),
  );
}

/** Nobody has to remember it: the provider says it once, when it verifies the URL. */
function randomToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(18));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
