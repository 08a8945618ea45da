import type { OutgoingContent } from '../provider/sender.ts';
import { filled, object } from '../provider/read.ts';
import type { SentMessage } from '../store/sends.ts';
import type { Order } from './order.ts';

/** What went out, as its event tells it, and who wrote it. */
export function sentMessage({
  content,
  agent,
  to: { group },
}: Pick<Order, 'content' | 'agent' | 'to'>): SentMessage {
  return {
    ...contentOf(content),
    ...(agent ? { agent } : {}),
    ...(group === undefined ? {} : { group }),
  };
}

/** Of a template its name and what was filled in. */
function contentOf(content: OutgoingContent): SentMessage {
  switch (content.kind) {
    case 'text':
      return { type: 'text', text: content.text, media: [], ...replyTo(content) };
    case 'template': {
      const { name, parameters } = content;
      const text = parameters.length > 0 ? `${name}: ${parameters.join(', ')}` : name;
      return { type: 'template', text, media: [] };
    }
    case 'media': {
      const { type, url, caption, fileName } = content;
      const file = {
        type,
        url,
        ...(fileName ? { fileName } : {}),
        ...(caption ? { caption } : {}),
      };
      return { type, text: caption, media: [file], ...replyTo(content) };
    }
    case 'raw': {
      const { type, text } = content.body;
      return { type: filled(type) ?? 'raw', text: filled(object(text)?.['body']) ?? '', media: [] };
    }
  }
}

function replyTo(content: { readonly replyTo?: string }): { readonly replyTo?: string } {
  return content.replyTo === undefined ? {} : { replyTo: content.replyTo };
}
