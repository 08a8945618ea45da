import { fields } from '../../src/condition/field.ts';
import type { Account } from '../../src/event/event.ts';
import type { Say } from '../shared/say.editor.ts';
import type { Asked, MadeEvent, MadePart } from './made-event.editor.ts';
import { choice, text } from './value-control.editor.ts';

export interface MadeFormContext {
  readonly say: Say;
  readonly accounts: readonly Account[];
  readonly suggestions: (field: string) => string | undefined;
  readonly made: () => MadeEvent;
  readonly update: (part: Partial<MadeEvent>) => void;
}

/** The controls of a made event: one for everything that the rule looks at. */
export function makeMadeControls(asked: Asked, context: MadeFormContext): HTMLElement[] {
  const { say, made, update } = context;
  const typed = (group: 'variables' | 'properties', name: string) => (value: string) =>
    update({ [group]: { ...made()[group], [name]: value } });
  return [
    ...asked.parts.map((part) => partControl(part, context)),
    ...asked.variables.map((name) =>
      text(say('trial.variable', { name }), made().variables[name] ?? '', typed('variables', name)),
    ),
    ...asked.properties.map((path) =>
      text(
        `msg.${path.replace(/^msg\./, '')}`,
        made().properties[path] ?? '',
        typed('properties', path),
      ),
    ),
  ];
}

function partControl(part: MadePart, context: MadeFormContext): HTMLElement {
  const { say, accounts, suggestions, made, update } = context;
  const label = say(`field.${part.replace('.', '-')}`);
  const value = made().parts[part] ?? '';
  const set = (text: string) => update({ parts: { ...made().parts, [part]: text } });
  if (part === 'account') {
    const options = accounts.map(({ id, name }) => ({ value: id, label: name || id }));
    return choice(label, options, value || (accounts[0]?.id ?? ''), set);
  }
  const field = fields[part];
  if (part === 'delivery' && field.kind === 'enumeration') {
    const options = field.values.map((one) => ({ value: one, label: say(`value.${one}`) }));
    return choice(label, options, value, set);
  }
  const type = part === 'time' ? 'datetime-local' : 'text';
  return text(label, value, set, part === 'time' ? { type } : { type, list: suggestions(part) });
}
