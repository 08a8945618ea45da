import type { Node, NodeAPI } from 'node-red';
import { buildUrl, parseUrlTemplate } from '../../src/template/url.ts';
import { flatVariables, resolveNames, shareableVariables } from '../shared/variables/variables.ts';
import type { CtiConfig } from './cti-config.ts';

export type AddressOf = (
  msg: object,
) => Promise<{ readonly url: string; readonly missing: readonly string[] }>;

/**
 * "Event Variables" adds what the URL does not name itself; sensitive ones are left out. Throws E_URL or
 * E_TEMPLATE for a URL that is wrong.
 */
export function createUrl(
  RED: NodeAPI,
  node: Node,
  { url, eventVariables }: Pick<CtiConfig, 'url' | 'eventVariables'>,
): AddressOf {
  const template = parseUrlTemplate(url);
  return async (msg) => {
    const flat = flatVariables(RED, msg);
    const { values, missing } = await resolveNames(RED, node, msg, template.names, flat);
    const append = eventVariables ? shareableVariables(RED, flat) : [];
    return { url: buildUrl(template, values, { append }), missing };
  };
}
