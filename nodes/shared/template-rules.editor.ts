import { TriggerError } from '../../src/errors.ts';
import { parseJsonTemplate } from '../../src/template/json.ts';
import { parseTemplate } from '../../src/template/template.ts';
import { isOneVariable, parseUrlTemplate } from '../../src/template/url.ts';
import type { Reason, Rule } from './rules.editor.ts';
import { textOf } from './text.editor.ts';

export const template: Rule = (value) => said(() => parseTemplate(textOf(value)));

export const urlTemplate: Rule = (value) => said(() => parseUrlTemplate(textOf(value)));

/** A JSON object with variables in its texts. */
export const jsonTemplate: Rule = (value) => said(() => parseJsonTemplate(textOf(value)));

/** A URL that one variable may be the whole of. */
export const mediaUrlTemplate: Rule = (value) =>
  isOneVariable(textOf(value)) ? template(value) : urlTemplate(value);

/** A password in a URL would be saved with the flow. */
export const withoutPassword: Rule = (value) =>
  /^[^/]*\/\/[^/?#]*@/.test(textOf(value)) ? { key: 'reason.userinfo' } : undefined;

function said(check: () => unknown): Reason | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof TriggerError) return { text: error.message };
    throw error;
  }
}
