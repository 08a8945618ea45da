import type {
  ParseSetting,
  Provider,
  ProviderFact,
  Secrets,
  WebhookRequest,
} from '../../../src/provider/provider.ts';

/** What a fact is about, in one word: a message by its verb, anything else by its kind. */
export type Gist = 'incoming' | 'outgoing' | Exclude<ProviderFact['kind'], 'message'>;

export interface Specimen {
  readonly request: WebhookRequest;
  /** What it is read as, in this order; none where nothing is to be told. */
  readonly facts: readonly Gist[];
}

/** A provider as the conformance suite meets it: genuine requests, and how to make one more. */
export interface Subject {
  readonly provider: Provider;
  readonly secrets: Secrets;
  readonly setting?: ParseSetting;
  /** Whether the proof covers the content; else it is a secret that is only carried along. */
  readonly signs: boolean;
  /** Our number, as a person may type it into an account. */
  readonly accountId: string;
  /** One of each kind that the provider knows, by what it is. */
  readonly specimens: Readonly<Record<string, Specimen>>;
  /** The provider's messages do not tell the contact's name. */
  readonly namesNobody?: true;
  /** A text of a customer; `id` (digits) tells this message from others. */
  text(text: string, name: string, id: string): WebhookRequest;
  /** A message of a kind that nobody has heard of yet. */
  unknown(type: string): WebhookRequest;
}

export function gistOf(fact: ProviderFact): Gist {
  return fact.kind === 'message' ? fact.message.verb : fact.kind;
}

export function specimen(request: WebhookRequest, ...facts: Gist[]): Specimen {
  return { request, facts };
}
