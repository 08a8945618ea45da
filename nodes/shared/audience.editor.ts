import { checkEach, checkListed, withLabel } from './check.editor.ts';
import { currentValue } from './form.editor.ts';
import { agentsOf } from './desktop-agents.editor.ts';
import { type Lines, makeLines } from './lines.editor.ts';
import { template } from './template-rules.editor.ts';
import { listedIn, oneEntry } from './text-list.editor.ts';
import type { Say } from './say.editor.ts';

/** The list "These agents" of the nodes that show something on an agent desktop. */
export function makeAgents(node: EditorNode, list: string, say: Say): Lines {
  return makeLines({
    list,
    label: say('label.agents'),
    addLabel: say('rows.agent'),
    say,
    column: {
      label: say('column.agent'),
      rule: template,
      variables: true,
      suggestions: agentsOf(currentValue(node, 'desktop')),
    },
    entries: node['agents'],
    split: oneEntry,
    check: (entries) => checkAgents(say).call(node, entries, {}),
  });
}

export function checkAgents(say: Say): EditorValidator {
  const each = checkListed(oneEntry, checkEach(say, template));
  return function validate(value, options) {
    if (currentValue(this, 'target') !== 'agents') return true;
    const none = listedIn(value, oneEntry).length === 0;
    return none ? withLabel(say('reason.agents'), options) : each.call(this, value, options);
  };
}
