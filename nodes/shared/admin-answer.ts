import type { Request, Response } from 'express';
import { HttpFault } from '../../src/desktop/server/http-fault.ts';

/** Answers an admin route with JSON, or with what is wrong with the request; other errors reject. */
export async function answerJson(response: Response, acted: Promise<object>): Promise<void> {
  response.set('Cache-Control', 'no-store');
  try {
    response.json(await acted);
  } catch (error) {
    if (!(error instanceof HttpFault)) throw error;
    response.status(error.status).json({ error: error.message });
  }
}

const usual = 100;
const most = 1_000;

/** How many are asked for: `?limit=`. */
export function limitOf({ query }: Request): number {
  const wanted = Number(query['limit'] ?? usual);
  return Number.isInteger(wanted) ? Math.min(Math.max(wanted, 1), most) : usual;
}
