import type { NodeAPI } from 'node-red';
import * as v from 'valibot';
import { type Bounds, type Crossing, describeCrossing } from '../../src/inbox/bounds.ts';
import { houseOf } from './house.ts';

const amount = v.fallback(v.optional(v.pipe(v.number(), v.minValue(1))), undefined);
const floor = v.fallback(v.optional(v.pipe(v.number(), v.minValue(0))), undefined);

const schema = v.object({
  whatsappTriggers: v.object({
    inbox: v.object({ events: amount, bytes: amount, freePercent: floor, freeBytes: floor }),
  }),
});

/** What settings.js says of the inbox: `whatsappTriggers: { inbox: { events: 100000, bytes: 1073741824 } }`. */
export function boundsOf(RED: NodeAPI): Partial<Bounds> {
  const { success, output } = v.safeParse(schema, RED.settings);
  if (!success) return {};
  const given = Object.entries(output.whatsappTriggers.inbox);
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** Once for each crossing: to the log, and to the whatsapp-in nodes of those whom it concerns. */
export function reportCrossing(
  RED: NodeAPI,
  isConcerned: (id: string) => boolean,
  crossing: Crossing,
): void {
  const { accounts, accountNews } = houseOf(RED);
  const { of, account, level } = crossing;
  const text = `[whatsapp-triggers] ${describeCrossing(crossing)}`;
  if (level === 'normal') RED.log.info(text);
  else
    RED.log.warn(
      level === 'full' ? `${text} Webhooks are answered 503 until there is room.` : text,
    );
  const concerned = account === undefined ? [...accounts.keys()].filter(isConcerned) : [account];
  accountNews.emit('news', concerned, { kind: 'level', of, level });
}
