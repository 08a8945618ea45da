import assert from 'node:assert/strict';
import { failureOf } from '../../../src/script/failure.ts';
import type { ScriptResult } from '../../../src/script/wire.ts';

const result: ScriptResult = {
  exitCode: 0,
  signal: null,
  stdout: 'a secret',
  stderr: 'a secret',
  duration: 5,
};

describe('the failure of a run', () => {
  it('is none after exit code 0', () => {
    assert.equal(failureOf({ end: 'exit', result }, 30), undefined);
  });

  it('has the code that tells what happened, and never the output', () => {
    const failures = [
      failureOf({ end: 'exit', result: { ...result, exitCode: 3 } }, 30),
      failureOf({ end: 'exit', result: { ...result, exitCode: null, signal: 'SIGSEGV' } }, 30),
      failureOf({ end: 'timeout', result }, 1.5),
      failureOf({ end: 'flood', result }, 30),
      failureOf({ end: 'stopped' }, 30),
      failureOf({ end: 'lost' }, 30),
      failureOf({ end: 'denied', reason: '"python3" is not installed.' }, 30),
    ];
    assert.deepEqual(
      failures.map((failure) => `${failure?.code} ${failure?.message}`),
      [
        'E_SCRIPT_EXIT The script ended with exit code 3.',
        'E_SCRIPT_EXIT The script ended by the signal SIGSEGV.',
        'E_SCRIPT_TIMEOUT The script was ended: it ran longer than 1.5 seconds.',
        'E_SCRIPT_EXIT The script was ended: it wrote more than 16 MiB of output.',
        'E_SCRIPT_EXIT The script was ended, or never begun, because its node was stopped.',
        'E_SCRIPT_EXIT The process that runs the scripts ended unexpectedly; ' +
          'whether the script did its work is not known.',
        'E_SCRIPT_DENIED "python3" is not installed.',
      ],
    );
  });
});
