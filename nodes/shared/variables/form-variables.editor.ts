import { standardVariableNames } from '../../../src/event/standard-variables.ts';
import { common } from '../common.editor.ts';
import { declaredVariables, variablesSet } from './declared.editor.ts';
import { messageOf, type Samples } from '../preview/samples.editor.ts';
import { catalogueOf, type KnownVariable } from './catalogue.editor.ts';
import { startHints } from './hints.editor.ts';
import { startPicker } from './picker.editor.ts';

export interface FormVariables {
  /** What can be named, with the values of the sample that is chosen. */
  readonly known: () => readonly KnownVariable[];
}

/** Makes a form's fields know their variables. Call it when all of the form is there. */
export function helpWithVariables(root: HTMLElement, samples: Samples): FormVariables {
  let all: readonly KnownVariable[] = [];
  const known = (): readonly KnownVariable[] => all;
  startPicker(root, known);
  const hints = startHints(root, known);
  samples.follow(() => {
    all = catalogueOf({ custom: customOnes(), msg: messageOf(samples.chosen()), describe });
    hints.update();
  });
  return { known };
}

function describe(name: string): string {
  return common(`variable.${name}`);
}

/** A declaration says more of a variable than the node that sets it. */
function customOnes() {
  const standard = new Set<string>(standardVariableNames);
  const set = variablesSet().map(({ name, by }) => {
    return { name, sensitive: false, description: common('picker.setBy', { node: by }) };
  });
  return [...declaredVariables(), ...set].filter(({ name }) => !standard.has(name));
}
