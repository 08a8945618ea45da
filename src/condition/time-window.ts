import { fault, type Fault } from './problem.ts';
import { quote } from './quote.ts';
import { listOf, scalarText } from './text.ts';

/**
 * The value of a `time` row. `days` are ISO weekdays (1 = Monday … 7 = Sunday; none = every day),
 * `from` and `to` wall-clock times in `timeZone`; `to` itself is outside. A window that ends before
 * it starts reaches over midnight and belongs to the day on which it starts.
 */
export interface TimeValue {
  readonly timeZone: string;
  readonly days: readonly number[];
  readonly from: string;
  readonly to: string;
}

/** A minute of the week: `day` is an ISO weekday. */
export interface Moment {
  readonly day: number;
  readonly minutes: number;
}

/** A moment on the clock of a time zone. */
interface WallClock extends Moment {
  /** Such as "Mon 09:30". */
  readonly text: string;
}

export interface TimeWindow {
  includes(moment: Moment): boolean;
  clockAt(now: Date): WallClock;
}

export const weekdays = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

const timePattern = /^(?:([01]?\d|2[0-3]):([0-5]\d)|24:00)$/;
const aDay = 24 * 60;

/** Reads what is saved; missing parts mean every day, from the first to the last minute. */
export function readTimeValue(saved: unknown): TimeValue {
  const parts: Readonly<Record<string, unknown>> =
    typeof saved === 'object' && saved !== null ? { ...saved } : {};
  return {
    timeZone: scalarText(parts['timeZone']).trim(),
    days: listOf(parts['days'] ?? []).map(Number),
    from: scalarText(parts['from']).trim() || '00:00',
    to: scalarText(parts['to']).trim() || '24:00',
  };
}

/** Reads the clock of its time zone; or why there can be no such window. */
export function createTimeWindow(value: TimeValue): TimeWindow | Fault {
  const from = minutesOf(value.from);
  const to = minutesOf(value.to);
  const { timeZone } = value;
  if (timeZone === '') return fault('noTimeZone', 'it names no time zone, such as Europe/Rome');
  const format = createFormat(timeZone);
  if (!format) {
    return fault('unknownTimeZone', `there is no time zone ${quote(timeZone)}`, timeZone);
  }
  if (Number.isNaN(from) || from === aDay) {
    return fault('badTime', `${quote(value.from)} is no time such as 09:00`, value.from);
  }
  if (Number.isNaN(to)) {
    return fault('badTime', `${quote(value.to)} is no time such as 18:00`, value.to);
  }
  if (from === to) return fault('emptyWindow', 'it starts and ends at the same time', value.from);
  if (value.days.some((day) => weekdays[day - 1] === undefined)) {
    return fault('badDay', 'a day is a number from 1 (Monday) to 7 (Sunday)');
  }
  const days = new Set(value.days);
  return {
    includes: (moment) => {
      const start = startDay(moment, from, to);
      return start !== undefined && (days.size === 0 || days.has(start));
    },
    clockAt: (now) => readClock(format, now),
  };
}

/** The day on which the window around this moment starts; undefined when the moment is in none. */
function startDay({ day, minutes }: Moment, from: number, to: number): number | undefined {
  if (from < to) return minutes >= from && minutes < to ? day : undefined;
  if (minutes >= from) return day;
  return minutes < to ? ((day + 5) % 7) + 1 : undefined;
}

export function minutesOf(time: string): number {
  const match = timePattern.exec(time);
  if (!match) return Number.NaN;
  return match[1] === undefined ? aDay : Number(match[1]) * 60 + Number(match[2]);
}

/** Undefined when the time zone database of this system has no such name. */
function createFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-GB', {
      timeZone,
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
  } catch {
    return undefined;
  }
}

function readClock(format: Intl.DateTimeFormat, now: Date): WallClock {
  const parts = format.formatToParts(now).map(({ type, value }) => [type, value]);
  const { weekday, hour, minute } = Object.fromEntries(parts);
  return {
    day: weekdays.findIndex((name) => name === weekday) + 1,
    minutes: Number(hour) * 60 + Number(minute),
    text: `${weekday} ${hour}:${minute}`,
  };
}
