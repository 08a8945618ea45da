/** What a form asks: its node as it is being edited, and the message to try it with. */
export interface Question {
  readonly id: string;
  /** The properties, as the form would save them. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly msg: Readonly<Record<string, unknown>>;
  /** Typed ones; in the place of a saved one stands a sign. */
  readonly credentials: Readonly<Record<string, string>>;
}

/** Something that is wrong with what the form says; the rest of the preview may still be right. */
export interface Fault {
  readonly code: string;
  readonly message: string;
}

/** What every preview may tell beside its own. */
export interface Told {
  /** Variables that had no value. */
  readonly missing?: readonly string[];
  readonly faults?: readonly Fault[];
}

/** A request as it would go out, with its secrets masked. */
export interface ShownRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface ForwardPreview extends Told {
  readonly request: ShownRequest;
}

export interface ForwardTest extends Told {
  readonly statusCode?: number;
  readonly contentType?: string;
  readonly body: string;
  /** Milliseconds. */
  readonly duration: number;
}

export interface CtiPreview extends Told {
  readonly url: string;
  /** What "Event Variables" adds or would add. */
  readonly added: readonly string[];
  /** What it does not, because the URL names it. */
  readonly collided: readonly string[];
  readonly tabTitle: string;
}

export interface FramingAnswer extends Told {
  readonly framing: 'allowed' | 'refused' | 'unlisted' | 'unknown';
}

export interface PopupPreview extends Told {
  readonly title: string;
  /** Not sanitised: only the agents' own frame may show it. */
  readonly html: string;
}

export interface ScriptPreview extends Told {
  /** The folders that the operator allows. */
  readonly folders: readonly string[];
  /** The real path, when it may be run. */
  readonly file?: string;
  /** `name` is "" for a file that is a program itself; without `path` it is not installed. */
  readonly interpreter: { readonly name: string; readonly path?: string };
  readonly command: readonly string[];
  readonly environment: readonly (readonly [name: string, value: string])[];
  readonly stdin: string;
}

export interface ScriptTest extends Told {
  readonly exitCode?: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly duration?: number;
}

export interface OutPreview extends Told {
  readonly to: string;
  readonly content: { readonly kind: string } & Readonly<Record<string, unknown>>;
  /** Without it, the account cannot send: a fault says why. */
  readonly request?: ShownRequest;
}
