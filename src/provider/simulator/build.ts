import type { DeliveryStatus } from '../../event/event.ts';
import { metaJson } from './meta-json.ts';

/** Our side of the line: the account that the webhook is for. */
export interface Line {
  /** Meta's phone number id. */
  readonly accountId: string;
  readonly number: string;
}

export interface Customer {
  readonly name: string;
  /** With or without the leading "+"; "" for somebody who is known by the user id only. */
  readonly phone: string;
  readonly userId?: string | undefined;
}

/** One thing that happens on a phone: the customer's, or (echo) the business's own. */
export type Happening =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly caption: string }
  | {
      readonly kind: 'location';
      readonly latitude: number;
      readonly longitude: number;
      readonly name: string;
      readonly address: string;
    }
  | {
      readonly kind: 'button';
      readonly title: string;
      readonly buttonId: string;
      /** The id of the message that offered the button. */
      readonly replyTo?: string | undefined;
    }
  | { readonly kind: 'echo'; readonly text: string }
  | {
      readonly kind: 'status';
      readonly messageId: string;
      readonly status: DeliveryStatus;
      /** Our own name for the send (`biz_opaque_callback_data`). */
      readonly reference?: string | undefined;
    };

export interface Webhook {
  readonly line: Line;
  readonly customer: Customer;
  readonly happening: Happening;
  /** The message's id; the same id again is what a provider's retry looks like. */
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: number;
  /** Action nodes are to do nothing for it. */
  readonly dryRun?: boolean | undefined;
}

/** The ids of the business that the simulator plays: the second one tells a dry run. */
export const business = { real: 'simulator', dryRun: 'simulator: dry run' } as const;

/**
 * The body of the POST that Meta's Cloud API would make (webhooks/reference: messages, statuses,
 * smb_message_echoes; 2026). The same input gives the same bytes.
 */
export function buildWebhook(webhook: Webhook): string {
  const { line, happening, dryRun } = webhook;
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: digits(line.number), phone_number_id: line.accountId },
    ...valueOf(webhook),
  };
  const field = happening.kind === 'echo' ? 'smb_message_echoes' : 'messages';
  return metaJson({
    object: 'whatsapp_business_account',
    entry: [{ id: dryRun ? business.dryRun : business.real, changes: [{ value, field }] }],
  });
}

function valueOf({ line, customer, happening, id, timestamp }: Webhook): object {
  const wa = digits(customer.phone);
  const sent = { id, timestamp: String(timestamp) };
  if (happening.kind === 'status') {
    return { statuses: [{ ...sent, ...statusOf(happening), ...recipientOf(customer) }] };
  }
  const contacts = [{ profile: { name: customer.name }, wa_id: wa }];
  if (happening.kind === 'echo') {
    const echo = { from: digits(line.number), to: wa, ...sent, ...textOf(happening.text) };
    return { contacts, message_echoes: [echo] };
  }
  return { contacts, messages: [{ from: wa, ...sent, ...contentOf(happening, id) }] };
}

function contentOf(happening: Exclude<Happening, { kind: 'echo' | 'status' }>, id: string): object {
  if (happening.kind === 'text') return textOf(happening.text);
  if (happening.kind === 'image') return { type: 'image', image: imageOf(happening.caption, id) };
  if (happening.kind === 'location') {
    const { kind: type, ...location } = happening;
    return { type, location };
  }
  const { title, buttonId, replyTo } = happening;
  const interactive = { type: 'button_reply', button_reply: { id: buttonId, title } };
  return { type: 'interactive', interactive, ...(replyTo ? { context: { id: replyTo } } : {}) };
}

function textOf(body: string): object {
  return { type: 'text', text: { body } };
}

/** Meta sends no picture but its media id. */
function imageOf(caption: string, id: string): object {
  const media = { id: `media.${id}`, mime_type: 'image/jpeg' };
  return caption === '' ? media : { ...media, caption };
}

function recipientOf({ phone, userId }: Customer): object {
  return {
    ...(phone === '' ? {} : { recipient_id: digits(phone) }),
    ...(userId ? { recipient_user_id: userId } : {}),
  };
}

function statusOf(happening: Extract<Happening, { kind: 'status' }>): object {
  const { messageId: id, status, reference } = happening;
  const told = { id, status, ...(reference ? { biz_opaque_callback_data: reference } : {}) };
  if (status !== 'failed') return told;
  const error = {
    code: 131026,
    title: 'Message undeliverable',
    message: 'Message undeliverable',
    error_data: { details: 'The simulated phone cannot be reached.' },
  };
  return { ...told, errors: [error] };
}

function digits(phone: string): string {
  return phone.replace(/\D/g, '');
}
