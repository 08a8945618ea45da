import type { Node, NodeAPI, NodeDef } from 'node-red';
import { asTriggerError } from '../../src/errors.ts';
import { createField, missingReporter } from '../shared/field.ts';
import { onPageInput } from '../shared/page-action.ts';
import { refuse } from '../shared/refuse.ts';
import { type CtiConfig, readCti } from './cti-config.ts';
import { attachCtiPreview } from './cti-preview.ts';
import { createUrl } from './cti-address.ts';

export default function register(RED: NodeAPI): void {
  attachCtiPreview(RED);
  function CtiUrlNode(this: Node, saved: NodeDef) {
    RED.nodes.createNode(this, saved);
    try {
      go(RED, this, readCti(saved));
    } catch (error) {
      refuse(RED, this, asTriggerError(error, 'E_CONFIG'));
    }
  }
  RED.nodes.registerType('cti-url', CtiUrlNode);
}

function go(RED: NodeAPI, node: Node, config: CtiConfig): void {
  const { location, width, height } = config;
  const addressOf = createUrl(RED, node, config);
  const report = missingReporter(RED, node);
  const tabTitle = createField(RED, node, config.tabTitle, 'text');
  onPageInput(RED, node, config, async (msg) => {
    const { url, missing } = await addressOf(msg);
    report(missing);
    return { kind: 'cti', url, location, tabTitle: await tabTitle.render(msg), width, height };
  });
}
