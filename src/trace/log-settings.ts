export const logMasks = ['phone', 'name', 'text'] as const;
export type LogMask = (typeof logMasks)[number];
/**
 * `variables`: the value of a sensitive variable of the interaction · `msg`: what the flow had set, because
 * it is sensitive, hidden, too long or too much · `raw`: the provider's own object · `event`: what of an event that only the flow knew
 * is too big or no plain data.
 */
export const logLacks = [...logMasks, 'variables', 'msg', 'raw', 'event'] as const;
export type LogLack = (typeof logLacks)[number];

/** What a trigger-store says about its log. */
export interface LogSettings {
  /** `on`: everything, up to `logSample` a second; `sampled`: every tenth event of that. */
  readonly log: 'on' | 'sampled' | 'off';
  readonly logDays: number;
  /** What is never written down. */
  readonly logMask: readonly LogMask[];
  /** Events a second above which only a part is kept; what failed is kept always. */
  readonly logSample: number;
}

/** What may not be told of customers outside of the log either. */
export interface Discretion {
  /** Nothing that was found with them may be. */
  readonly isOff: boolean;
  readonly masks: readonly LogMask[];
}

/** What one of them leaves out is left out for all. */
export function discretionOf(settings: readonly LogSettings[]): Discretion {
  const isOff = settings.some(({ log }) => log === 'off');
  const isHidden = (mask: LogMask) => settings.some(({ logMask }) => logMask.includes(mask));
  return { isOff, masks: logMasks.filter((mask) => isOff || isHidden(mask)) };
}

export const defaultLogSettings: LogSettings = {
  log: 'on',
  logDays: 7,
  logMask: [],
  logSample: 100,
};
