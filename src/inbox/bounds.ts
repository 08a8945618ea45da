/** How much waits in an inbox, or may wait there. */
export interface Amount {
  readonly events: number;
  readonly bytes: number;
}

/** What an inbox may take: its own limits, and what it leaves of the disk. */
export interface Bounds extends Amount {
  /** The disk counts as full when less than this is free: percent of it, or bytes. */
  readonly freePercent: number;
  readonly freeBytes: number;
}

export interface Disk {
  readonly free: number;
  readonly size: number;
}

export type Level = 'normal' | 'nearly full' | 'full';

export const defaultBounds: Bounds = {
  events: 100_000,
  bytes: 1024 ** 3,
  freePercent: 5,
  freeBytes: 256 * 1024 ** 2,
};

const nearlyFrom = 0.8;

/** A level that was told holds until this much room is there again, so that a log is not filled by one event. */
const slack = 0.05;

/** One account may fill half of the inbox: the others keep the rest. */
export function shareOfOne({ events, bytes }: Amount): Amount {
  return { events: Math.ceil(events / 2), bytes: Math.ceil(bytes / 2) };
}

/** 1 = as much as it may take. */
export function usage(held: Amount, limit: Amount): number {
  return Math.max(held.events / limit.events, held.bytes / limit.bytes);
}

export function diskIsFull({ free, size }: Disk, bounds: Bounds): boolean {
  return free < bounds.freeBytes || free < (size * bounds.freePercent) / 100;
}

/** The level to tell: rises at once, and falls when there is some room again. */
export function nextLevel(before: Level, used: number): Level {
  if (used >= 1 || (before === 'full' && used >= 1 - slack)) return 'full';
  if (used >= nearlyFrom || (before !== 'normal' && used >= nearlyFrom - slack)) {
    return 'nearly full';
  }
  return 'normal';
}

/** Something that an operator should know: the inbox, an account's share or the disk changed its level. */
export interface Crossing {
  readonly of: 'inbox' | 'account' | 'disk';
  readonly account?: string;
  readonly level: Level;
  /** Which part of what it may take is taken; 1 = all. */
  readonly used: number;
}

const owners = {
  inbox: 'The inbox',
  account: "The account's share of the inbox",
  disk: 'The disk',
};

export function describeCrossing({ of, account, level, used }: Crossing): string {
  const owner = account === undefined ? owners[of] : `${owners[of]} (account ${account})`;
  if (of === 'disk')
    return level === 'full' ? `${owner} is nearly full.` : `${owner} has room again.`;
  const percent = Math.floor(used * 100);
  return level === 'normal' ? `${owner} has room again.` : `${owner} is ${level} (${percent} %).`;
}
