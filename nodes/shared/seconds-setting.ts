import type { NodeAPI } from 'node-red';

export interface SecondsSetting {
  readonly group: string;
  readonly name: string;
  readonly most: number;
  readonly longest: number;
  readonly fallback: readonly number[];
}

/** The list `whatsappTriggers.<group>.<name>` of settings.js: the seconds between one try and the next. */
export function secondsOf(RED: NodeAPI, setting: SecondsSetting): readonly number[] {
  const { group, name, most, longest, fallback } = setting;
  const { whatsappTriggers } = RED.settings as {
    whatsappTriggers?: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>;
  };
  const wanted = whatsappTriggers?.[group]?.[name];
  if (wanted === undefined) return fallback;
  const isWait = (value: unknown): boolean =>
    typeof value === 'number' && value > 0 && value <= longest;
  if (Array.isArray(wanted) && wanted.length <= most && wanted.every(isWait)) return wanted;
  RED.log.warn(
    `[whatsapp-triggers] whatsappTriggers.${group}.${name} is no list of seconds and is ignored.`,
  );
  return fallback;
}
