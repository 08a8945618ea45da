import type { Form } from '../shared/form.editor.ts';
import type { Say } from '../shared/say.editor.ts';
import type { Finding, Found } from './finding.ts';
import { inWords } from './finding-words.editor.ts';
import { showFindings } from './findings.editor.ts';

const asked = [
  'name',
  'key',
  'provider',
  'accountId',
  'number',
  'path',
  'publicUrl',
  'apiUrl',
  'apiVersion',
] as const;

/**
 * Shows how the account stands, and binds the button that has the server look at it as the form has it
 * now.
 */
export function bindConnectionCheck(
  node: EditorNode,
  form: Form,
  say: Say,
  mapping: () => object,
): void {
  const button = document.getElementById('whatsapp-account-check') as HTMLButtonElement | null;
  const list = document.getElementById('whatsapp-account-findings');
  if (!button || !list) return;
  button.addEventListener('click', () => {
    button.disabled = true;
    button.textContent = say('check.busy');
    const show = (findings: readonly Finding[]): void => {
      showFindings(list, findings);
      button.disabled = false;
      button.textContent = say('label.check');
    };
    void $.ajax({
      url: 'whatsapp-triggers/whatsapp-account/check',
      method: 'POST',
      contentType: 'application/json',
      data: JSON.stringify(accountOf(node, form, mapping())),
      success: ({ findings }: Answer) => show(findings.map((found) => inWords(found, say))),
      error: ({ status, responseJSON }) => {
        const { error } = (responseJSON ?? {}) as { readonly error?: string };
        const reason = error ?? say(status === 401 ? 'check.forbidden' : 'check.failed');
        show([{ state: 'wrong', text: reason }]);
      },
    });
  });
  const address = `whatsapp-triggers/whatsapp-account/${encodeURIComponent(node.id)}/standing`;
  void $.getJSON(address, ({ findings }: Answer) => {
    const words = findings.map((found) => inWords(found, say));
    if (list.childElementCount === 0) showFindings(list, words);
  });
}

interface Answer {
  readonly findings: readonly Found[];
}

/**
 * Of the secrets only those that the form shows for this provider. A saved one is not in the browser: in
 * its place stands a sign, for which the server takes its own.
 */
function accountOf(node: EditorNode, form: Form, mapping: object): object {
  const account = Object.fromEntries(asked.map((property) => [property, form.value(property)]));
  const shown = Object.keys(node._def.credentials ?? {}).filter(
    (name) => !form.control(name).closest('[hidden]'),
  );
  const credentials = Object.fromEntries(shown.map((name) => [name, form.value(name)]));
  const { provider } = account;
  return {
    id: node.id,
    account: provider === 'generic' ? { ...account, mapping } : account,
    credentials,
  };
}
