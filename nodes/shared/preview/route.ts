import type { Request, Response } from 'express';
import type { NodeAPI } from 'node-red';
import * as v from 'valibot';
import { HttpFault } from '../../../src/desktop/server/http-fault.ts';
import { readJson } from '../../../src/desktop/server/read-json.ts';
import { asTriggerError, type TriggerError } from '../../../src/errors.ts';
import { answerJson } from '../admin-answer.ts';
import type { Fault, Question, Told } from './protocol.ts';

export interface Asked extends Question {
  /** Ends when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** Where the editor was loaded from; "" when the browser does not say. */
  readonly origin: string;
}

export type Preview = (asked: Asked) => Promise<Told>;

const attached = new WeakMap<object, Set<string>>();
const mostBytes = 1024 * 1024;

const record = v.record(v.string(), v.unknown());
const schema = v.object({
  id: v.string(),
  config: record,
  msg: record,
  credentials: v.optional(v.record(v.string(), v.string()), {}),
});

/**
 * `POST <httpAdminRoot>/whatsapp-triggers/preview/<path>`: what a node would make of a message, with the
 * node as the form has it, deployed or not. A read-only user may not ask: templates can look at contexts.
 * What is wrong with the form is part of the answer (`faults`), not an error of the request.
 */
export function attachPreview(RED: NodeAPI, path: string, preview: Preview): void {
  const paths = attached.get(RED.httpAdmin) ?? new Set<string>();
  attached.set(RED.httpAdmin, paths);
  if (paths.has(path)) return;
  paths.add(path);
  const type = path.split('/', 1)[0] ?? '';
  RED.httpAdmin.post(
    `/whatsapp-triggers/preview/${path}`,
    RED.auth.needsPermission(`${type}.write`),
    (request, response, next) => {
      answerJson(response, previewed(preview, request, response)).catch(next);
    },
  );
}

async function previewed(preview: Preview, request: Request, response: Response): Promise<Told> {
  const given = v.safeParse(schema, await readJson(request, mostBytes));
  if (!given.success) throw new HttpFault(400, 'A form and a message are expected.');
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    const { origin = '' } = request.headers;
    return await preview({ ...given.output, signal: gone.signal, origin });
  } catch (error) {
    return { faults: [faultOf(error)] };
  }
}

export function faultOf(error: unknown): Fault {
  const { code, message }: TriggerError = asTriggerError(error, 'E_CONFIG');
  return { code, message };
}

/** Collects what is wrong with one part, so that the other parts can be shown all the same. */
export function tryPart<Part>(faults: Fault[], make: () => Part): Part | undefined {
  try {
    return make();
  } catch (error) {
    faults.push(faultOf(error));
    return undefined;
  }
}
