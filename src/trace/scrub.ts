import type { Agent, Message, WhatsAppEvent } from '../event/event.ts';
import { compact } from '../provider/read.ts';
import { type Blur, createBlur } from './blur.ts';
import { isCallingCode } from './rule-words.ts';

type Texts = Readonly<Record<string, string>>;

/** Makes others of an event's texts and of variables. */
export interface Scrub {
  event(event: WhatsAppEvent): WhatsAppEvent;
  texts(texts: Texts): Texts;
}

/** What `kept` holds stays, but in what says who somebody is: there only a calling code does. */
export function createScrub(kept: readonly string[]): Scrub {
  const blur = createBlur(kept);
  const blurPerson = createBlur(kept.filter(isCallingCode));

  function blurAll(texts: Texts): Texts {
    const entries = Object.entries(texts);
    return Object.fromEntries(entries.map(([name, text]) => [name, blur(text)]));
  }
  return {
    texts: blurAll,
    /** Part by part: a flow may have put more into an event. */
    event: ({ account, contact, interaction, message, agent, delivery, ...event }) =>
      compact({
        id: 'event-1',
        name: event.name,
        at: event.at,
        receivedAt: event.receivedAt,
        account: { ...account, number: blur(account.number) },
        interaction: compact({
          id: 'interaction-1',
          change: interaction.change,
          state: interaction.state,
          openedAt: interaction.openedAt,
          closedAt: interaction.closedAt,
          reason: interaction.reason && blur(interaction.reason),
          variables: interaction.variables && blurAll(interaction.variables),
        }),
        message: message && scrubMessage(message, blur, blurPerson),
        contact: compact({
          id: 'contact-1',
          phone: contact.phone && blurPerson(contact.phone),
          userId: contact.userId && blurPerson(contact.userId),
          username: contact.username && blurPerson(contact.username),
          name: contact.name && blurPerson(contact.name),
        }),
        agent: agent && scrubAgent(agent, blur),
        queue: event.queue,
        delivery:
          delivery &&
          compact({
            status: delivery.status,
            errorCode: delivery.errorCode,
            errorText: delivery.errorText && blur(delivery.errorText),
          }),
        redelivered: event.redelivered,
        dryRun: event.dryRun,
      }),
  };
}

function scrubMessage(message: Message, blur: Blur, blurPerson: Blur): Message {
  const { text, media, contacts, agent, buttonId, reason } = message;
  return compact({
    id: 'message-1',
    verb: message.verb,
    type: message.type,
    text: blur(text),
    media: media.map(({ type, mimeType, caption }, index) =>
      compact({ type, id: `media-${index + 1}`, mimeType, caption: caption && blur(caption) }),
    ),
    replyTo: message.replyTo && 'message-0',
    buttonId: buttonId && blur(buttonId),
    location: message.location && { latitude: 0, longitude: 0 },
    contacts: contacts?.map(({ name, phones }) => ({
      name: blurPerson(name),
      phones: phones.map(blurPerson),
    })),
    reason: reason && blur(reason),
    agent: agent && scrubAgent(agent, blur),
    group: message.group && 'group-1',
  });
}

function scrubAgent({ username, name }: Agent, blur: Blur): Agent {
  return { username: blur(username), name: blur(name) };
}
