import { TriggerError } from '../errors.ts';
import type { Outcome, ScriptResult } from './wire.ts';

const texts = {
  flood: 'The script was ended: it wrote more than 16 MiB of output.',
  stopped: 'The script was ended, or never begun, because its node was stopped.',
  lost:
    'The process that runs the scripts ended unexpectedly; ' +
    'whether the script did its work is not known.',
} as const;

/**
 * What a run that did not end with exit code 0 means to a flow; undefined after a good one. `timeout` in
 * seconds. E_SCRIPT_DENIED means that nothing was run, every other code that the script was started.
 */
export function failureOf(outcome: Outcome, timeout: number): TriggerError | undefined {
  const { end } = outcome;
  if (end === 'exit') return outcome.result.exitCode === 0 ? undefined : badExit(outcome.result);
  if (end === 'denied') return new TriggerError('E_SCRIPT_DENIED', outcome.reason);
  if (end !== 'timeout') return new TriggerError('E_SCRIPT_EXIT', texts[end]);
  const text = `The script was ended: it ran longer than ${timeout} seconds.`;
  return new TriggerError('E_SCRIPT_TIMEOUT', text);
}

/** One word for how a run ended, as metrics name it. */
export function outcomeName(outcome: Outcome): Outcome['end'] | 'success' | 'failure' {
  if (outcome.end !== 'exit') return outcome.end;
  return outcome.result.exitCode === 0 ? 'success' : 'failure';
}

/** Not the output: it may hold what no log should. */
function badExit({ exitCode, signal }: ScriptResult): TriggerError {
  const how = signal === null ? `with exit code ${exitCode}` : `by the signal ${signal}`;
  return new TriggerError('E_SCRIPT_EXIT', `The script ended ${how}.`, {
    details: { exitCode, signal },
  });
}
