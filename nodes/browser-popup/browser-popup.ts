import type { Node, NodeAPI, NodeDef } from 'node-red';
import * as v from 'valibot';
import { asTriggerError, TriggerError } from '../../src/errors.ts';
import type { PopupTemplateNode } from '../popup-template/popup-template.ts';
import { createField } from '../shared/field.ts';
import { onPageInput, pageProperties } from '../shared/page-action.ts';
import { refuse } from '../shared/refuse.ts';
import { readConfig, words } from '../shared/schema.ts';
import { withTemplate } from './popup-texts.ts';
import { attachPopupPreview } from './popup-preview.ts';

const schema = v.object({
  ...pageProperties,
  template: words(),
  title: words(),
  content: words(),
});

type PopupConfig = v.InferOutput<typeof schema>;

export default function register(RED: NodeAPI): void {
  attachPopupPreview(RED);
  function BrowserPopupNode(this: Node, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      go(RED, this, readConfig(schema, saved));
    } catch (error) {
      refuse(RED, this, asTriggerError(error, 'E_CONFIG'));
    }
  }
  RED.nodes.registerType('browser-popup', BrowserPopupNode);
}

function go(RED: NodeAPI, node: Node, config: PopupConfig): void {
  const template = templateOf(RED, config);
  const title = createField(RED, node, template.title, 'text');
  const content = createField(RED, node, template.content, 'html');
  onPageInput(RED, node, config, async (msg) => ({
    kind: 'popup',
    title: await title.render(msg),
    html: await content.render(msg),
  }));
}

function templateOf(RED: NodeAPI, { template: id, title, content }: PopupConfig) {
  if (id === '') return { title, content };
  const { template } = (RED.nodes.getNode(id) as PopupTemplateNode | null) ?? {};
  if (!template) {
    throw new TriggerError('E_CONFIG', 'The popup-template node it uses is missing or wrong.');
  }
  return withTemplate({ title }, template);
}
