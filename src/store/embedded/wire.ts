import type { CommandName } from './commands.ts';

/** What the store and its worker thread send each other. */
export interface Call {
  readonly id: number;
  readonly name: CommandName;
  readonly args: readonly unknown[];
}

export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: string };

export type WorkerWord =
  | { readonly type: 'ready' }
  | { readonly type: 'refused'; readonly message: string }
  | { readonly type: 'replies'; readonly replies: readonly Reply[] }
  | { readonly type: 'closed' };

export interface WorkerOptions {
  readonly file: string;
  readonly retentionDays: number;
}
