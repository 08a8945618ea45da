import type { NodeAPI } from 'node-red';
import { limitOf } from '../admin-answer.ts';
import { houseOf } from '../house.ts';
import { attachLogEventRoutes } from './event-routes.ts';

const attached = new WeakSet<object>();

/**
 * `<httpAdminRoot>/whatsapp-triggers/log`: what happened last and what could not be read, as JSON.
 * `?limit=` (100) bounds both lists. Asks for the editor's permissions: it holds customers' words.
 */
export function attachLogRoute(RED: NodeAPI): void {
  if (attached.has(RED.httpAdmin)) return;
  attached.add(RED.httpAdmin);
  attachLogEventRoutes(RED);
  const read = RED.auth.needsPermission('whatsapp-account.read');
  RED.httpAdmin.get('/whatsapp-triggers/log', read, (request, response, next) => {
    const limit = limitOf(request);
    const { log, inboxes } = houseOf(RED);
    Promise.all([...inboxes].map(({ store }) => store.quarantined(limit)))
      .then((lists) => {
        const quarantined = lists.flat().toSorted((a, b) => b.at - a.at);
        response.set('Cache-Control', 'no-store');
        response.json({ entries: log.recent(limit), quarantined: quarantined.slice(0, limit) });
      })
      .catch(next);
  });
}
