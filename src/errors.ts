/** Every error of this package that a flow, a log or an operator meets: one table, keyed by its code. */
const table = {
  E_CONFIG: { status: 'config', retryable: false },
  E_TEMPLATE: { status: 'template', retryable: false },
  E_SIGNATURE: { status: 'signature', retryable: false },
  E_PROVIDER: { status: 'provider', retryable: false },
  E_STORE: { status: 'store', retryable: true },
  E_HTTP_STATUS: { status: 'httpStatus', retryable: true },
  E_HTTP_TIMEOUT: { status: 'httpTimeout', retryable: true },
  E_HTTP_NETWORK: { status: 'httpNetwork', retryable: true },
  E_HTTP_BLOCKED: { status: 'httpBlocked', retryable: false },
  E_URL: { status: 'url', retryable: false },
  E_NO_AGENT: { status: 'noAgent', retryable: false },
  E_SCRIPT_EXIT: { status: 'scriptExit', retryable: false },
  E_SCRIPT_TIMEOUT: { status: 'scriptTimeout', retryable: false },
  E_SCRIPT_DENIED: { status: 'scriptDenied', retryable: false },
  E_SEND: { status: 'send', retryable: false },
} as const;

export type ErrorCode = keyof typeof table;

/**
 * An error with a code of the table above. `name` is the code, so that logs and a Catch node's
 * `msg.error.message` show it ("E_URL: …"); `code` is what flows compare. `details` never hold a secret.
 */
export class TriggerError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = code;
    this.code = code;
    this.details = options.details ?? {};
  }

  /** Whether the same action may succeed later without anyone changing anything. */
  get retryable(): boolean {
    return table[this.code].retryable;
  }

  /** The key, below `<node type>.error.`, of the short text shown in the node's status. */
  get statusKey(): string {
    return table[this.code].status;
  }
}

/** The error itself when it is one of ours, else a wrapper with the given code and the same message. */
export function asTriggerError(error: unknown, code: ErrorCode): TriggerError {
  if (error instanceof TriggerError) return error;
  const message = error instanceof Error ? error.message : String(error);
  return new TriggerError(code, message, { cause: error });
}
