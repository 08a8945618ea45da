export const scriptTypes = ['bash', 'sh', 'node', 'python', 'curl', 'other'] as const;

export type ScriptType = (typeof scriptTypes)[number];

export interface CommandLine {
  readonly file: string;
  readonly args: readonly string[];
}

/** curl's exit code for a request that took longer than `--max-time`. */
export const curlTimedOut = 28;

const commandLines: Record<ScriptType, (file: string, timeout: number) => CommandLine> = {
  bash: (file) => ({ file: 'bash', args: [file] }),
  sh: (file) => ({ file: 'sh', args: [file] }),
  node: (file) => ({ file: process.execPath, args: [file] }),
  python: (file) => ({ file: 'python3', args: [file] }),
  curl: (file, timeout) => ({ file: 'curl', args: curlArguments(file, timeout) }),
  other: (file) => ({ file, args: [] }),
};

/** The command line of a script: nothing in it comes from a message. `timeout` in milliseconds. */
export function commandLine(type: ScriptType, file: string, timeout: number): CommandLine {
  return commandLines[type](file, timeout);
}

const fixedOptions =
  '--fail-with-body --silent --show-error --proto =http,https --proto-redir =http,https';

/** The file comes before the fixed options: of two values for one option, curl takes the last. */
function curlArguments(file: string, timeout: number): string[] {
  const maxTime = String(timeout / 1000);
  return ['--disable', '--config', file, '--max-time', maxTime, ...fixedOptions.split(' ')];
}
