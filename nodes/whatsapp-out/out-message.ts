import type { Node, NodeAPI, NodeMessageInFlow } from 'node-red';
import { TriggerError } from '../../src/errors.ts';
import { isEvent, type WhatsAppEvent } from '../../src/event/event.ts';
import type { Person } from '../../src/provider/provider.ts';
import { text } from '../../src/provider/read.ts';
import { isSame, nameOf, personOf } from '../../src/provider/recipient.ts';
import type { OutgoingContent, Recipient, Sender } from '../../src/provider/sender.ts';
import { recipientOf } from '../../src/send/recipient.ts';
import type { Values } from '../../src/template/template.ts';
import { sendingParty } from '../shared/sending-party.ts';
import { resolveNames } from '../shared/variables/variables.ts';
import type { OutConfig } from './out-config.ts';
import { planContent, planText } from './out-content.ts';

/** What a node says to whom, and through which account. */
export interface OutMessage {
  readonly accountId: string;
  readonly to: Recipient;
  readonly contact: Person;
  readonly content: OutgoingContent;
  readonly event: WhatsAppEvent | undefined;
  /** Names that nothing had a value for. */
  readonly missing: readonly string[];
}

export type MakeMessage = (msg: NodeMessageInFlow) => Promise<OutMessage>;

/** Throws E_TEMPLATE, E_URL or E_CONFIG for a form that is wrong; what it makes, E_SEND. */
export function createMessages(RED: NodeAPI, node: Node, config: OutConfig): MakeMessage {
  const plan = planContent(config);
  const to = planText(config.to);
  const names = [...new Set([...plan.names, ...to.names])];

  return async (msg) => {
    const { values: found, missing } = await resolveNames(RED, node, msg, names);
    const values = cleaned(found);
    const event = isEvent(msg.payload) ? msg.payload : undefined;
    const accountId = config.account || event?.account.id;
    if (accountId === undefined) {
      throw new TriggerError('E_SEND', 'The message is no event: the node must name an account.');
    }
    const content = plan.build(values, msg);
    const written = config.to === '' ? undefined : to.build(values);
    const named = namedIn(content, () => sendingParty(RED, accountId).sender) ?? typed(written);
    return { accountId, ...whom(named, event), content, event, missing };
  };
}

/** The provider's own JSON may say itself whom it is for, and goes there whatever else is said. */
function namedIn(content: OutgoingContent, sender: () => Sender): Recipient | undefined {
  if (content.kind !== 'raw') return undefined;
  const named = sender().recipientOf(content.body);
  if (named && nameOf(named) === undefined) {
    throw unaddressed('The JSON names a recipient that cannot be read.');
  }
  return named;
}

function typed(written: string | undefined): Recipient | undefined {
  if (written === undefined) return undefined;
  const to = recipientOf(written);
  if (to) return to;
  throw unaddressed(written.trim() === '' ? noRecipient : 'The recipient is no phone number.');
}

function whom(
  named: Recipient | undefined,
  event: WhatsAppEvent | undefined,
): { readonly to: Recipient; readonly contact: Person } {
  const known = event && idsOf(event.contact);
  if (named)
    return known && isSame(named, known.to) ? known : { to: named, contact: personOf(named) };
  if (known && (known.to.phone || known.to.userId)) return known;
  throw unaddressed(event ? 'The contact has no phone number and no user id.' : noRecipient);
}

function idsOf(known: WhatsAppEvent['contact']) {
  const { id: _, ...contact } = known;
  const { phone, userId } = contact;
  return { to: { ...(phone ? { phone } : {}), ...(userId ? { userId } : {}) }, contact };
}

/** Halves of characters and NUL: no provider takes them. */
function cleaned(values: Values): Values {
  const clean = Object.entries(values).map(([name, value]) => [name, text(value) ?? ''] as const);
  return Object.assign(Object.create(null) as object, Object.fromEntries(clean));
}

const noRecipient = 'There is nobody to send it to.';

function unaddressed(reason: string): TriggerError {
  return new TriggerError('E_SEND', reason, { details: { code: 'recipient' } });
}
