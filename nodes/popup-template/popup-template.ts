import type { Node, NodeAPI, NodeDef } from 'node-red';
import * as v from 'valibot';
import { asTriggerError } from '../../src/errors.ts';
import { parseTemplate } from '../../src/template/template.ts';
import { attachTemplatePreview } from '../browser-popup/popup-preview.ts';
import { readConfig, words } from '../shared/schema.ts';

const schema = v.object({ title: words(), content: words() });

/** A popup-template node as browser-popup uses it. */
export interface PopupTemplateNode extends Node {
  template?: { readonly title: string; readonly content: string };
}

export default function register(RED: NodeAPI): void {
  attachTemplatePreview(RED);
  function PopupTemplate(this: PopupTemplateNode, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      this.template = readConfig(schema, saved);
      parseTemplate(this.template.title);
      parseTemplate(this.template.content);
    } catch (error) {
      this.error(asTriggerError(error, 'E_TEMPLATE'));
    }
  }
  RED.nodes.registerType('popup-template', PopupTemplate);
}
