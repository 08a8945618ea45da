import type { WhatsAppEvent } from './event.ts';

export type StandardVariable = keyof ReturnType<typeof standardVariables>;

/**
 * Every standard variable of an event as a string, in the order in which "Event Variables: Yes" appends
 * them; one that the event has no value for is "". The names are the vendor's: flat and lower case.
 */
export function standardVariables(e: WhatsAppEvent) {
  // Written out: an object that grows name by name costs ten times as much, and every event has one.
  return {
    uniqueid: text(e.interaction.id),
    calleridnum: text(e.contact.phone ?? e.contact.userId),
    calleridname: text(e.contact.name),
    queue: text(e.queue),
    account: text(e.account.name),
    accountnumber: text(e.account.number),
    accountkey: text(e.account.key),
    provider: text(e.account.provider),
    event: text(e.name),
    interactionid: text(e.interaction.id),
    interaction: text(e.interaction.change),
    interactionstate: text(e.interaction.state),
    openedat: text(e.interaction.openedAt),
    closedat: text(e.interaction.closedAt),
    reason: text(e.message?.reason ?? e.interaction.reason),
    messageid: text(e.message?.id),
    message: text(e.message?.verb),
    messagetype: text(e.message?.type),
    text: text(e.message?.text),
    buttonid: text(e.message?.buttonId),
    replyto: text(e.message?.replyTo),
    mediaurl: text(e.message?.media?.[0]?.url),
    mimetype: text(e.message?.media?.[0]?.mimeType),
    filename: text(e.message?.media?.[0]?.fileName),
    latitude: text(e.message?.location?.latitude),
    longitude: text(e.message?.location?.longitude),
    userid: text(e.contact.userId),
    username: text(e.contact.username),
    agent: text(e.agent?.username),
    agentname: text(e.agent?.name),
    deliverystatus: text(e.delivery?.status),
    errorcode: text(e.delivery?.errorCode),
    timestamp: text(e.at),
    eventid: text(e.id),
  };
}

/** A flow may have changed the event. */
function text(value: string | number | undefined): string {
  return typeof value === 'string' ? value : String(value ?? '');
}

const nothing: WhatsAppEvent = {
  id: '',
  name: 'delivery',
  at: '',
  receivedAt: '',
  account: { id: '', name: '', key: '', provider: '', number: '' },
  interaction: { id: '', state: 'closed', openedAt: '' },
  contact: { id: '' },
  redelivered: false,
};

export const standardVariableNames = Object.keys(
  standardVariables(nothing),
) as readonly StandardVariable[];
