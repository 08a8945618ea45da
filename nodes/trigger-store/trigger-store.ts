import type { NodeAPI, NodeDef } from 'node-red';
import * as v from 'valibot';
import { asTriggerError, TriggerError } from '../../src/errors.ts';
import { defaultLogSettings, logMasks } from '../../src/trace/log-settings.ts';
import type { StoreNode, StoreSettings } from '../shared/inboxes.ts';
import { choice, list, readConfig, whole, words } from '../shared/schema.ts';

/** What is said of the log where nothing is. */
const usual = defaultLogSettings;

const schema = v.object({
  engine: choice(['embedded', 'postgresql'], 'embedded'),
  file: words(),
  retentionDays: whole(30, 1, 3650),
  log: choice(['on', 'sampled', 'off'], usual.log),
  logDays: whole(usual.logDays, 1, 3650),
  logMask: list(v.picklist(logMasks, `must be one of ${logMasks.join(', ')}`)),
  logSample: whole(usual.logSample, 1, 100_000),
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
  const { engine, file, retentionDays, ...log } = readConfig(schema, config);
  if (engine === 'postgresql') {
    throw new TriggerError('E_CONFIG', 'The engine "postgresql" is not available yet.');
  }
  return { file: file === '' ? undefined : file, retentionDays, log };
}
