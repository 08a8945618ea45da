import type { WhatsAppEvent } from '../../event/event.ts';

/** What an event says beside its message, as a line between the bubbles; undefined when nothing. */
export function noteOf(event: WhatsAppEvent): string | undefined {
  const { interaction, message, agent } = event;
  const who = agent?.name || agent?.username || 'an agent';
  if (message?.verb === 'accepted') return `Accepted by ${who}`;
  if (message?.verb === 'rejected') {
    return agent ? `Rejected by ${who}` : `Nobody accepted${because(message.reason)}`;
  }
  if (interaction.change === 'opened') return 'Interaction opened';
  if (interaction.change === 'closed') return `Interaction closed${because(interaction.reason)}`;
  return undefined;
}

function because(reason: string | undefined): string {
  return reason ? ` (${reason})` : '';
}
