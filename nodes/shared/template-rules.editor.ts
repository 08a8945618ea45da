import { TriggerError } from '../../src/errors.ts';
import { parseTemplate } from '../../src/template/template.ts';
import { parseUrlTemplate } from '../../src/template/url.ts';
import type { Reason, Rule } from './rules.editor.ts';
import { textOf } from './text.editor.ts';

export const template: Rule = (value) => said(() => parseTemplate(textOf(value)));

export const urlTemplate: Rule = (value) => said(() => parseUrlTemplate(textOf(value)));

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
