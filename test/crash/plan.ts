import { points } from './point-names.ts';
import type { Random } from './random.ts';

/** How one life of the process ends. */
export type Kill =
  | { readonly kind: 'point'; readonly point: string; readonly passage: number }
  /** Milliseconds after the process was spawned, or after it said that the flows run. */
  | { readonly kind: 'moment'; readonly since: 'spawn' | 'ready'; readonly after: number };

const longestStart = 900;
const longestLife = 1_200;

/** Every point at least once, as far as the number goes; beyond that, as many moments as points. */
export function planKills(count: number, random: Random): Kill[] {
  const atPoints = Math.min(count, Math.max(points.length, Math.floor(count / 2)));
  const kills: Kill[] = [];
  while (kills.length < atPoints) {
    const round = random.shuffled(points).slice(0, atPoints - kills.length);
    for (const { name, passages } of round) {
      kills.push({ kind: 'point', point: name, passage: 1 + random.below(passages) });
    }
  }
  while (kills.length < count) {
    const since = random.below(5) === 0 ? 'spawn' : 'ready';
    const after = random.below(since === 'spawn' ? longestStart : longestLife);
    kills.push({ kind: 'moment', since, after });
  }
  return random.shuffled(kills);
}

/** What the table of kills calls it. */
export function nameOf(kill: Kill): string {
  if (kill.kind === 'point') return kill.point;
  return kill.since === 'spawn' ? 'any moment of the start' : 'any moment at work';
}
