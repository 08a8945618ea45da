/** The preview routes of the nodes, asked as their forms do. */
import assert from 'node:assert/strict';
import type { RequestHandler } from 'express';
import type { NodeAPI } from 'node-red';
import { madeEvent } from '../../src/event/made-event.ts';
import { runtimeApi, serve } from './flow.ts';

export interface Asker {
  /** Who asks has these permissions. */
  granted: readonly string[];
  /** To be loaded before the nodes. */
  readonly permissions: (RED: NodeAPI) => void;
  /** What a form is told; `more` goes before a made-up event as the message. */
  ask(path: string, config: object, more?: object): Promise<any>;
  /** The plain answer. */
  post(path: string, body: unknown, type?: string): Promise<Response>;
}

export function useAsker(...granted: readonly string[]): Asker {
  const asker: Asker = {
    granted,
    permissions(RED) {
      const needsPermission =
        (permission: string): RequestHandler =>
        (_request, response, next) =>
          asker.granted.includes(permission) ? next() : void response.status(401).end();
      Object.assign(RED, { auth: { needsPermission } });
    },
    async ask(path, config, more = {}) {
      const msg = { payload: madeEvent(), variables: {} };
      const answer = await asker.post(path, { id: 'new', config, msg, ...more });
      assert.equal(answer.status, 200);
      return answer.json();
    },
    async post(path, body, type = 'application/json') {
      const admin = await serve(runtimeApi().httpAdmin);
      return fetch(`${admin}/whatsapp-triggers/preview/${path}`, {
        method: 'POST',
        headers: { 'content-type': type },
        body: JSON.stringify(body),
      });
    },
  };
  beforeEach(() => {
    asker.granted = granted;
  });
  return asker;
}
