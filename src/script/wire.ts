import type { ScriptType } from './script-type.ts';

/** One run of a script, with all that it is to get. Plain data: it can be kept and run later. */
export interface ScriptOrder {
  /** Every process of the run carries it as `WA_RUN_ID`, so that none of them can be lost. */
  readonly runId: string;
  readonly type: ScriptType;
  /** As configured: absolute, or relative to one of the folders. */
  readonly path: string;
  readonly folders: readonly string[];
  /** Milliseconds. */
  readonly timeout: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: string;
}

/** What `msg.script` holds; `duration` in milliseconds. */
export interface ScriptResult {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly duration: number;
}

/**
 * How a run came to its end: by itself; at its time limit; because it wrote too much; because its node
 * was stopped; with the helper process; or never begun, because the script may not or cannot be started.
 */
export type Outcome =
  | { readonly end: 'exit' | 'timeout' | 'flood'; readonly result: ScriptResult }
  | { readonly end: 'stopped' | 'lost' }
  | { readonly end: 'denied'; readonly reason: string };

/** What Node-RED tells the helper process. */
export type Command =
  | { readonly type: 'run'; readonly order: ScriptOrder }
  | { readonly type: 'stop'; readonly runId: string }
  | { readonly type: 'reap'; readonly runIds: readonly string[] };

/** What the helper process tells Node-RED. */
export interface Report {
  readonly runId: string;
  readonly outcome: Outcome;
}
