import { isAbsolute } from 'node:path';
import * as v from 'valibot';
import { TriggerError } from '../../src/errors.ts';
import { scriptTypes } from '../../src/script/script-type.ts';
import { choice, readConfig, seconds, words } from '../shared/schema.ts';

const schema = v.object({
  scriptType: choice(scriptTypes, 'bash'),
  script: v.pipe(words(), v.trim(), v.nonEmpty('must be the path of a file')),
  timeout: seconds(30),
  onFailure: choice(['error', 'continue'], 'error'),
});

const settingsSchema = v.object({
  whatsappTriggers: v.object({
    scripts: v.object({
      folders: v.pipe(v.array(v.pipe(v.string(), v.check(isAbsolute))), v.nonEmpty()),
    }),
  }),
});

/** The properties of a script node; `timeout` in seconds. */
export type ScriptConfig = v.InferOutput<typeof schema>;

/** Throws E_CONFIG, or E_SCRIPT_DENIED for a path that a message could change. */
export function readScript(saved: unknown): ScriptConfig {
  const config = readConfig(schema, saved);
  if (!/\{\{|\}\}|\$\{|\0/.test(config.script)) return config;
  throw new TriggerError(
    'E_SCRIPT_DENIED',
    'The path of a script cannot hold variables: a message must not choose what is run.',
  );
}

/** The folders that settings.js allows scripts to lie in. Throws E_SCRIPT_DENIED when it names none. */
export function allowedFolders(settings: object): readonly string[] {
  const { success, output } = v.safeParse(settingsSchema, settings);
  if (success) return output.whatsappTriggers.scripts.folders;
  throw new TriggerError(
    'E_SCRIPT_DENIED',
    'No script is run until settings.js names the folders that hold them, as absolute paths: ' +
      "whatsappTriggers: { scripts: { folders: ['/opt/scripts'] } }",
  );
}
