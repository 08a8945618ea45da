import type { WhatsAppEvent } from './event.ts';

/** A copy that shares nothing: flows change what they are given, and the same event may go to several. */
export function copyEvent(event: WhatsAppEvent): WhatsAppEvent {
  return copy(event);
}

/** Events are plain data, as JSON has it. */
function copy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy) as T;
  const twin: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    if (key !== '__proto__') twin[key] = copy(value[key as keyof T]);
  }
  return twin as T;
}
