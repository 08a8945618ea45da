import type { WhatsAppEvent } from './event.ts';

/**
 * How each standard variable is read from an event, in the order in which "Event Variables: Yes"
 * appends them. The names are the vendor's: flat and lower case.
 */
const readers = {
  uniqueid: (e) => e.interaction.id,
  calleridnum: (e) => e.contact.phone ?? e.contact.userId,
  calleridname: (e) => e.contact.name,
  queue: (e) => e.queue,
  account: (e) => e.account.name,
  accountnumber: (e) => e.account.number,
  accountkey: (e) => e.account.key,
  provider: (e) => e.account.provider,
  event: (e) => e.name,
  interactionid: (e) => e.interaction.id,
  interaction: (e) => e.interaction.change,
  interactionstate: (e) => e.interaction.state,
  openedat: (e) => e.interaction.openedAt,
  closedat: (e) => e.interaction.closedAt,
  reason: (e) => e.message?.reason ?? e.interaction.reason,
  messageid: (e) => e.message?.id,
  message: (e) => e.message?.verb,
  messagetype: (e) => e.message?.type,
  text: (e) => e.message?.text,
  buttonid: (e) => e.message?.buttonId,
  replyto: (e) => e.message?.replyTo,
  mediaurl: (e) => e.message?.media?.[0]?.url,
  mimetype: (e) => e.message?.media?.[0]?.mimeType,
  filename: (e) => e.message?.media?.[0]?.fileName,
  latitude: (e) => e.message?.location?.latitude,
  longitude: (e) => e.message?.location?.longitude,
  userid: (e) => e.contact.userId,
  username: (e) => e.contact.username,
  agent: (e) => e.agent?.username,
  agentname: (e) => e.agent?.name,
  deliverystatus: (e) => e.delivery?.status,
  errorcode: (e) => e.delivery?.errorCode,
  timestamp: (e) => e.at,
  eventid: (e) => e.id,
} as const satisfies Record<string, (event: WhatsAppEvent) => string | number | undefined>;

export type StandardVariable = keyof typeof readers;

export const standardVariableNames = Object.keys(readers) as readonly StandardVariable[];

/** Every standard variable of an event as a string; one that the event has no value for is "". */
export function standardVariables(event: WhatsAppEvent): Record<string, string> {
  const values: Record<string, string> = {};
  for (const name of standardVariableNames) values[name] = String(readers[name](event) ?? '');
  return values;
}
