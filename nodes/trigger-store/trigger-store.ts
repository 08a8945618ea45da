import type { NodeAPI, NodeDef } from 'node-red';
import * as v from 'valibot';
import { asTriggerError, TriggerError } from '../../src/errors.ts';
import type { StoreNode, StoreSettings } from '../shared/inboxes.ts';
import { choice, readConfig, whole, words } from '../shared/schema.ts';

const schema = v.object({
  engine: choice(['embedded', 'postgresql'], 'embedded'),
  file: words(),
  retentionDays: whole(30, 1, 3650),
});

type Writable = { -readonly [Key in keyof StoreNode]: StoreNode[Key] };

export default function register(RED: NodeAPI): void {
  function TriggerStoreNode(this: Writable, config: NodeDef) {
    RED.nodes.createNode(this, config);
    try {
      this.settings = read(config);
    } catch (error) {
      this.refusal = asTriggerError(error, 'E_CONFIG');
      this.error(this.refusal);
    }
  }
  RED.nodes.registerType('trigger-store', TriggerStoreNode, {
    credentials: { url: { type: 'password' } },
  });
}

function read(config: NodeDef): StoreSettings {
  const { engine, file, retentionDays } = readConfig(schema, config);
  if (engine === 'postgresql') {
    throw new TriggerError('E_CONFIG', 'The engine "postgresql" is not available yet.');
  }
  return { file: file === '' ? undefined : file, retentionDays };
}
