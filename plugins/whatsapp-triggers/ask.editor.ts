/** An answer other than 2xx: `reason` is the server's word for it, where it has one. */
export class AskError extends Error {
  readonly status: number;
  readonly reason: string | undefined;

  constructor(message: string, status: number, reason: string | undefined) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

interface Refusal {
  readonly error?: unknown;
  readonly reason?: unknown;
}

/** Asks the package's routes on the admin side, with the editor's own permission. */
export function ask<Answer>(
  path: string,
  body?: object,
  query: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const search = new URLSearchParams(query).toString();
  const url = `whatsapp-triggers/${path}${search === '' ? '' : `?${search}`}`;
  const sent = body
    ? { type: 'POST', contentType: 'application/json', data: JSON.stringify(body) }
    : { type: 'GET' };
  return new Promise((resolve, reject) => {
    void $.ajax({ url, dataType: 'json', ...sent })
      .done((answer: Answer) => resolve(answer))
      .fail((request) => {
        const { error, reason } = (request.responseJSON ?? {}) as Refusal;
        const message = typeof error === 'string' ? error : request.statusText;
        reject(
          new AskError(message, request.status, typeof reason === 'string' ? reason : undefined),
        );
      });
  });
}
