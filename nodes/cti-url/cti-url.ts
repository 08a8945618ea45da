import type { Node, NodeAPI, NodeDef, NodeMessageInFlow } from 'node-red';
import * as v from 'valibot';
import { asTriggerError } from '../../src/errors.ts';
import { buildUrl, parseUrlTemplate } from '../../src/template/url.ts';
import { createField, missingReporter } from '../shared/field.ts';
import { onPageInput, pageProperties } from '../shared/page-action.ts';
import { refuse } from '../shared/refuse.ts';
import { choice, flag, readConfig, whole, words } from '../shared/schema.ts';
import { flatVariables, resolveNames, shareableVariables } from '../shared/variables.ts';

/** A size that was left empty in the form is the default one. */
const size = (usual: number) =>
  v.pipe(
    v.unknown(),
    v.transform((value) => (value === '' ? undefined : value)),
    whole(usual, 100, 10_000),
  );

const schema = v.object({
  ...pageProperties,
  url: words(),
  eventVariables: flag(false),
  location: choice(['tab', 'window', 'dashboard'], 'tab'),
  tabTitle: words(),
  width: v.optional(size(1024), 1024),
  height: v.optional(size(768), 768),
});

type CtiConfig = v.InferOutput<typeof schema>;

export default function register(RED: NodeAPI): void {
  function CtiUrlNode(this: Node, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      go(RED, this, readConfig(schema, saved));
    } catch (error) {
      refuse(this, asTriggerError(error, 'E_CONFIG'));
    }
  }
  RED.nodes.registerType('cti-url', CtiUrlNode);
}

function go(RED: NodeAPI, node: Node, config: CtiConfig): void {
  const { location, width, height } = config;
  const urlOf = createUrl(RED, node, config);
  const tabTitle = createField(RED, node, config.tabTitle, 'text');
  onPageInput(RED, node, config, async (msg) => ({
    kind: 'cti',
    url: await urlOf(msg),
    location,
    tabTitle: await tabTitle.render(msg),
    width,
    height,
  }));
}

/** "Event Variables" adds what the URL does not name itself; sensitive ones are left out. */
function createUrl(RED: NodeAPI, node: Node, { url, eventVariables }: CtiConfig) {
  const template = parseUrlTemplate(url);
  const report = missingReporter(RED, node);
  return async (msg: NodeMessageInFlow): Promise<string> => {
    const flat = flatVariables(RED, msg);
    const { values, missing } = await resolveNames(RED, node, msg, template.names, flat);
    report(missing);
    return buildUrl(template, values, {
      append: eventVariables ? shareableVariables(RED, flat) : [],
    });
  };
}
