import type { Words } from '../words/en.ts';

/** The browser's own variant of the page's language, which knows the agent's way to write times. */
export function localeOf(language: string, preferred: readonly string[]): string {
  const own = preferred.filter((tag) => tag.toLowerCase().split('-')[0] === language);
  return own.find(isTag) ?? language;
}

/** A browser tells what its system is set to, such as "en-US@posix", which its own formats refuse. */
function isTag(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length > 0;
  } catch {
    return false;
  }
}

const shapes = {
  hour: { hour: 'numeric', minute: '2-digit' },
  day: { day: 'numeric', month: 'short' },
  weekday: { weekday: 'long', day: 'numeric', month: 'long' },
  date: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

/** A format costs a browser many times what a row of a list does: each is made once. */
function written(at: number, locale: string, shape: keyof typeof shapes): string {
  const name = `${locale} ${shape}`;
  const format = formats.get(name) ?? new Intl.DateTimeFormat(locale, shapes[shape]);
  formats.set(name, format);
  return format.format(at);
}

export function hourText(at: number, locale: string): string {
  return written(at, locale, 'hour');
}

function isSameDay(at: number, now: number): boolean {
  return new Date(at).toDateString() === new Date(now).toDateString();
}

/** The hour today, the day before that. */
export function momentText(at: number, now: number, locale: string): string {
  return written(at, locale, isSameDay(at, now) ? 'hour' : 'day');
}

export function sinceText(at: number, now: number, locale: string, words: Words['status']): string {
  const since = isSameDay(at, now) ? words.since : words.sinceDay;
  return since(momentText(at, now, locale));
}

export function dayText(at: number, now: number, locale: string, words: Words['talk']): string {
  const date = new Date(at);
  const today = new Date(now);
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1);
  if (date.toDateString() === today.toDateString()) return words.today;
  if (date.toDateString() === yesterday.toDateString()) return words.yesterday;
  return written(at, locale, date.getFullYear() === today.getFullYear() ? 'weekday' : 'date');
}

/** `2 h 5 min`, `12 min`; rounded down, so that nobody counts on time that is not there. */
export function spanText(milliseconds: number, words: Words['reply']): string {
  const minutes = Math.max(0, Math.floor(milliseconds / 60_000));
  return minutes >= 60
    ? words.hours(Math.floor(minutes / 60), minutes % 60)
    : words.minutes(minutes);
}
