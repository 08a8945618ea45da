import { number, unixTime } from './read.ts';

const iso = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?) ?(Z|[+-]\d\d:?\d\d)?$/i;

/** ISO 8601 of a Unix time in seconds or milliseconds, or of an ISO time; one without a zone is UTC. */
export function readTime(value: string | undefined): string | undefined {
  const count = number(value);
  if (count !== undefined) return unixTime(count > 100_000_000_000 ? count / 1000 : count);
  const [, day, time, zone = 'Z'] = iso.exec(value ?? '') ?? [];
  return unixTime(Date.parse(`${day}T${time}${zone.toUpperCase()}`) / 1000);
}
