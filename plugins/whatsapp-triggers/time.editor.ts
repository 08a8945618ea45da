const minute = 60_000;

/** Today's times to the second, others with their day. */
export function timeOf(at: string, now: Date): string {
  const time = new Date(at);
  if (Number.isNaN(time.getTime())) return '';
  const isToday = time.toDateString() === now.toDateString();
  const clock = time.toLocaleTimeString([], {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  if (isToday) return clock;
  return `${time.toLocaleDateString([], { month: 'short', day: 'numeric' })} ${clock}`;
}

export function dateOf(at: string): string {
  return new Date(at).toLocaleString();
}

/** How much later than the first of a row of steps: "+12 ms", "+3.4 s", "+5 min". */
export function offsetOf(at: string, start: string): string {
  const span = Math.max(0, Date.parse(at) - Date.parse(start));
  if (Number.isNaN(span)) return '';
  if (span < 1_000) return `+${span} ms`;
  if (span < minute) return `+${(span / 1_000).toFixed(1)} s`;
  if (span < 60 * minute) return `+${Math.round(span / minute)} min`;
  return `+${Math.round(span / (60 * minute))} h`;
}
