import { orEnvironment, type Reason, type Rule } from './rules.editor.ts';
import type { Say } from './say.editor.ts';
import { isFromEnvironment } from './text.editor.ts';
import { listedIn, type Split } from './text-list.editor.ts';

/** The words of a reason. */
export function explain(say: Say, reason: Reason): string {
  return 'text' in reason ? reason.text : say(reason.key, reason.values);
}

/** A rule as the editor's validator; `when` looks at the node's other properties. */
export function check(
  say: Say,
  rule: Rule,
  when: (node: EditorNode) => boolean = () => true,
): EditorValidator {
  return function validate(value, options) {
    const reason = when(this) ? orEnvironment(rule)(value) : undefined;
    return reason ? withLabel(explain(say, reason), options) : true;
  };
}

/** A rule for every entry of a list property; the reason names the first wrong entry. */
export function checkEach<Entry>(
  say: Say,
  reasonOf: (entry: Entry) => Reason | undefined,
  when: (node: EditorNode) => boolean = () => true,
): EditorValidator {
  return function validate(value, options) {
    if (!Array.isArray(value) || !when(this)) return true;
    const entries = value as readonly Entry[];
    for (const [index, entry] of entries.entries()) {
      const reason = isFromEnvironment(entry) ? undefined : reasonOf(entry);
      if (!reason) continue;
      const text = say('reason.row', { row: index + 1, reason: explain(say, reason) });
      return withLabel(text, options);
    }
    return true;
  };
}

/** The check of a list, for one that may also have been saved as one text. */
export function checkListed(split: Split, each: EditorValidator): EditorValidator {
  return function validate(value, options) {
    return each.call(this, listedIn(value, split), options);
  };
}

/** In the list of what is wrong with a node, a reason says which control it is about. */
export function withLabel(reason: string, { label }: { readonly label?: string }): string {
  return label === undefined ? reason : `${label}: ${reason}`;
}
