import { TriggerError } from '../../src/errors.ts';
import { object, type Json } from '../../src/provider/read.ts';
import type { OutgoingContent } from '../../src/provider/sender.ts';
import { mediaName } from '../../src/send/media-kind.ts';
import { encoders } from '../../src/template/encode.ts';
import { parseJsonTemplate } from '../../src/template/json.ts';
import { ownAt } from '../../src/template/own-path.ts';
import { parseTemplate, render, type Values } from '../../src/template/template.ts';
import { buildUrl, isOneVariable, parseUrlTemplate } from '../../src/template/url.ts';
import type { OutConfig } from './out-config.ts';

/** What a node sends, with its variables still to be filled in. */
export interface ContentPlan {
  readonly names: readonly string[];
  /** Throws E_SEND for what the variables have left empty, E_URL where one would change the host. */
  build(values: Values, msg: object): OutgoingContent;
}

/** A text with its variables. */
export interface TextPlan {
  readonly names: readonly string[];
  build(values: Values): string;
}

/** Where a template's language is not chosen. */
const defaultLanguage = 'en';

/** Throws E_TEMPLATE, E_URL or E_CONFIG for the first thing that is wrong. */
export function planContent(config: OutConfig): ContentPlan {
  switch (config.messageType) {
    case 'text':
      return textContent(config);
    case 'template':
      return templateContent(config);
    case 'media':
      return mediaContent(config);
    case 'raw':
      return rawContent(config);
  }
}

export function planText(text: string): TextPlan {
  const template = parseTemplate(text);
  return { names: template.names, build: (values) => render(template, values, encoders.text) };
}

function textContent(config: OutConfig): ContentPlan {
  const text = planText(config.text);
  return {
    names: text.names,
    build: (values, msg) => ({
      kind: 'text',
      text: filled(text.build(values), 'The text is empty.'),
      ...replyTo(msg),
    }),
  };
}

function templateContent(config: OutConfig): ContentPlan {
  const name = planText(config.template.trim());
  const language = planText(config.language.trim() || defaultLanguage);
  const parameters = config.parameters.map(planText);
  return {
    names: [name, language, ...parameters].flatMap(({ names }) => names),
    build: (values) => ({
      kind: 'template',
      name: filled(name.build(values), 'The name of the template is empty.'),
      language: language.build(values),
      parameters: parameters.map((one) => one.build(values)),
    }),
  };
}

function mediaContent(config: OutConfig): ContentPlan {
  const url = planUrl(config.mediaUrl);
  const caption = planText(config.caption);
  return {
    names: [...url.names, ...caption.names],
    build: (values, msg) => {
      const address = filled(url.build(values), 'The URL of the media is empty.');
      if (!/^https?:$/.test(URL.parse(address)?.protocol ?? '')) {
        throw unsendable('The URL of the media is no web address.');
      }
      return {
        kind: 'media',
        url: address,
        caption: caption.build(values),
        ...mediaName(address),
        ...replyTo(msg),
      };
    },
  };
}

/** One variable may be the whole URL; else values are encoded, and the host is fixed. */
function planUrl(text: string): TextPlan {
  if (isOneVariable(text)) return planText(text.trim());
  const url = parseUrlTemplate(text);
  return { names: url.names, build: (values) => buildUrl(url, values) };
}

function rawContent(config: OutConfig): ContentPlan {
  if (config.text.trim() === '') return { names: [], build: (_, msg) => raw(ownAt(msg, ['raw'])) };
  const template = parseJsonTemplate(config.text);
  return { names: template.names, build: (values) => raw(template.build(values)) };
}

function raw(body: unknown): OutgoingContent {
  const found = object(body);
  if (!found) throw unsendable('Neither the node nor msg.raw has the JSON that is to be sent.');
  return { kind: 'raw', body: copied(found) };
}

/** As it is now: a message may be changed by others while it waits for its turn. */
function copied(body: Json): Json {
  try {
    return JSON.parse(JSON.stringify(body)) as Json;
  } catch {
    throw unsendable('msg.raw cannot be written as JSON.');
  }
}

function replyTo(msg: object): { readonly replyTo?: string } {
  const id = ownAt(msg, ['replyTo']);
  return typeof id === 'string' && id !== '' ? { replyTo: id } : {};
}

function filled(text: string, otherwise: string): string {
  if (text.trim() === '') throw unsendable(otherwise);
  return text;
}

function unsendable(text: string): TriggerError {
  return new TriggerError('E_SEND', text, { details: { code: 'empty' } });
}
