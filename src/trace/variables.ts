import { standardVariableNames } from '../event/standard-variables.ts';
import { isVariableName } from '../event/variable-name.ts';
import { asText, ownAt } from '../template/own-path.ts';

const standard: ReadonlySet<string> = new Set(standardVariableNames);
const mostVariables = 100;

/** What a message's variables hold beyond the standard ones: what may be written down and what not. */
export interface CustomVariables {
  readonly shared: Readonly<Record<string, string>>;
  /** The values of sensitive ones. */
  readonly secrets: readonly string[];
  /** Whether there were more than are kept. */
  readonly isCut: boolean;
}

export function customVariables(
  variables: unknown,
  sensitive: ReadonlySet<string>,
): CustomVariables {
  const shared: Record<string, string> = {};
  const secrets: string[] = [];
  if (typeof variables !== 'object' || variables === null) {
    return { shared, secrets, isCut: false };
  }
  const names = Object.keys(variables);
  const most = mostVariables + standard.size;
  for (const name of names.slice(0, most)) {
    if (standard.has(name) || !isVariableName(name)) continue;
    const text = asText(ownAt(variables, [name]));
    if (text === undefined) continue;
    if (sensitive.has(name)) secrets.push(text);
    else shared[name] = text;
  }
  const told = secrets.filter((secret) => secret !== '');
  return { shared, secrets: told, isCut: names.length > most };
}
