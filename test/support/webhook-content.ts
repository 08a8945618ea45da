import type { WebhookRequest } from '../../src/provider/provider.ts';

/** Where a request has its event: in the body, or of a GET in the query. */
export function contentOf({ method, url, body }: WebhookRequest): Buffer {
  if (method !== 'GET') return Buffer.from(body);
  const at = url.indexOf('?');
  return Buffer.from(at < 0 ? '' : url.slice(at + 1));
}

export function withContent(request: WebhookRequest, content: Uint8Array): WebhookRequest {
  if (request.method !== 'GET') return { ...request, body: content };
  const path = request.url.replace(/\?.*$/s, '');
  return { ...request, url: `${path}?${Buffer.from(content).toString('latin1')}` };
}

export function isJson({ headers }: WebhookRequest): boolean {
  return (headers['content-type'] ?? '').startsWith('application/json');
}
