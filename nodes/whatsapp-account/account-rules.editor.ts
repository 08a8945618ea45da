import { readMapping } from '../../src/provider/generic/read-mapping.ts';
import { withLabel } from '../shared/check.editor.ts';
import { currentValue } from '../shared/form.editor.ts';
import { all, pathSegment, type Rule } from '../shared/rules.editor.ts';
import { textOf } from '../shared/text.editor.ts';

/** So many characters of a path are as good as a secret; see the runtime's own check. */
const longPath = 24;

/** Whether the account has one of these providers. */
export function has(...providers: readonly string[]): (node: EditorNode) => boolean {
  return (node) => providers.includes(textOf(currentValue(node, 'provider')));
}

/** A whole address without a user name, which would be saved with the flow. */
export const webAddress: Rule = (value) => {
  const text = textOf(value).trim();
  const url = URL.parse(text);
  const right = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return text === '' || right ? undefined : { key: 'reason.url' };
};

/** Without a secret, only the path tells a provider from a stranger. Where there is none, the node's id is it. */
export function webhookPath(node: EditorNode): Rule {
  const rule = all(pathSegment, (path) => {
    const isOpen = RED.editor.getEditStack().at(-1) === node;
    const isUnsigned = has('360dialog', 'kaleyra')(node) || isGenericWithHeader(node);
    if (!isOpen || !isUnsigned || textOf(currentValue(node, 'webhookSecret')) !== '')
      return undefined;
    return textOf(path).length >= longPath ? undefined : { key: 'reason.guessable' };
  });
  return (value) => rule(textOf(value) || node.id);
}

function isGenericWithHeader(node: EditorNode): boolean {
  return has('generic')(node) && currentValue(node, 'proofKind') !== 'hmac';
}

export function isSignedGeneric(node: EditorNode): boolean {
  return has('generic')(node) && currentValue(node, 'proofKind') === 'hmac';
}

export const checkMapping: EditorValidator = function validate(value, options) {
  if (!has('generic')(this)) return true;
  const read = readMapping(value);
  return typeof read === 'string' ? withLabel(read, options) : true;
};
