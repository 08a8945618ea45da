import type { NodeAPI } from 'node-red';
import { flightsOf } from './flights.ts';
import { houseOf } from './house.ts';

/** Minutes after which an event that a node never gave back is finished with all the same. */
const holdMinutes = 60;

/** The same in milliseconds; settings.js may say otherwise: `whatsappTriggers: { holdMinutes: 60 }`. */
export function holdTime(RED: NodeAPI): number {
  const { whatsappTriggers } = RED.settings as { whatsappTriggers?: { holdMinutes?: unknown } };
  const minutes = Number(whatsappTriggers?.holdMinutes);
  return (minutes > 0 ? minutes : holdMinutes) * 60_000;
}

/** Ends what was kept too long and names the nodes that keep it; answers whether more is under way. */
export function letGo(RED: NodeAPI): boolean {
  const flights = flightsOf(RED);
  if (!flights) return false;
  const { log, meters } = houseOf(RED);
  const time = holdTime(RED);
  for (const [{ id, type, name = '' }, events] of flights.letGo(time)) {
    meters.letGo.add(events, id, name, type);
    log.add({ kind: 'let go', at: new Date().toISOString(), node: { id, type, name }, events });
    RED.log.warn(
      `[whatsapp-triggers] ${type} "${name || id}" has kept ${events} message(s) for over ${time / 60_000} minutes without calling done; their events count as finished.`,
    );
  }
  return flights.size > 0;
}
