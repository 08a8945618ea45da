import type { OutgoingContent } from '../provider/sender.ts';

const day = 24 * 3_600_000;

/** The key by which each provider's own JSON names a template; never a part of a text, which JSON escapes. */
const templateKey = /"(?:template|content_?sid)\w*":/i;

/** WhatsApp's own code for it, whichever provider would have said so. */
export const windowCode = '131047';

/**
 * Whether WhatsApp would refuse it: a day after the contact's last message or call only templates may
 * be sent. Of a contact that nothing is known of, the provider decides.
 */
export function isWindowShut(
  content: OutgoingContent,
  lastIncomingAt: number | undefined,
  now: number,
): boolean {
  if (lastIncomingAt === undefined || isTemplate(content)) return false;
  return now - lastIncomingAt > day;
}

function isTemplate(content: OutgoingContent): boolean {
  if (content.kind !== 'raw') return content.kind === 'template';
  return templateKey.test(JSON.stringify(content.body));
}
