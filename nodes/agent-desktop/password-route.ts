import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import * as v from 'valibot';
import { GateFull } from '../../src/desktop/server/gate.ts';
import { HttpFault } from '../../src/desktop/server/http-fault.ts';
import { hashPassword } from '../../src/desktop/server/password.ts';
import { readJson } from '../../src/desktop/server/read-json.ts';

const attached = new WeakSet<object>();
const schema = v.object({ password: v.pipe(v.string(), v.minLength(1), v.maxLength(256)) });

/** Lets the editor's form keep hashes only: what is typed there is never stored. */
export function attachPasswordRoute(RED: NodeAPI): void {
  if (attached.has(RED.httpAdmin)) return;
  attached.add(RED.httpAdmin);
  RED.httpAdmin.post(
    '/whatsapp-triggers/agent-desktop/password',
    RED.auth.needsPermission('agent-desktop.write'),
    (request, response, next) => {
      answer(request, response).catch(next);
    },
  );
}

async function answer(request: Request, response: Response): Promise<void> {
  response.set('Cache-Control', 'no-store');
  try {
    const given = v.safeParse(schema, await readJson(request));
    if (!given.success) throw new HttpFault(400, 'A password has 1 to 256 characters.');
    response.json({ hash: await hashPassword(given.output.password) });
  } catch (error) {
    if (error instanceof HttpFault) response.status(error.status).json({ error: error.message });
    else if (error instanceof GateFull) response.status(503).json({ error: 'Try again.' });
    else throw error;
  }
}
