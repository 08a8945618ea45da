import type { NodeAPI } from 'node-red';
import { nameOf } from '../../src/provider/recipient.ts';
import type { Outgoing, Sender, SendingAccount } from '../../src/provider/sender.ts';
import { secretNames, type Secrets } from '../../src/provider/provider.ts';
import { TriggerError } from '../../src/errors.ts';
import { type Asked, attachPreview, tryPart } from '../shared/preview/route.ts';
import type { Fault, OutPreview, ShownRequest } from '../shared/preview/protocol.ts';
import { mask, maskedScene } from '../shared/preview/scene.ts';
import { sendingParty } from '../shared/sending-party.ts';
import { readOut } from './out-config.ts';
import { createMessages } from './out-message.ts';

/** What a whatsapp-out node would say to whom, and with which request to the provider. */
export function attachOutPreview(RED: NodeAPI): void {
  attachPreview(RED, 'whatsapp-out', (asked) => preview(RED, asked));
}

async function preview(RED: NodeAPI, asked: Asked): Promise<OutPreview> {
  const scene = maskedScene(RED, asked);
  const messageFor = createMessages(scene.RED, scene.node, readOut(asked.config));
  const { accountId, to, content, missing } = await messageFor(scene.msg);
  const faults: Fault[] = [];
  const request = tryPart(faults, () => {
    const { account, sender } = sendingParty(RED, accountId);
    return requestOf(sender, account, { to, content, reference: 'preview' });
  });
  const shown = { to: nameOf(to) ?? '', content: { ...content }, missing, faults };
  return request ? { ...shown, request } : shown;
}

/** Built by the provider's own sender, with a mask for every secret. */
function requestOf(sender: Sender, account: SendingAccount, outgoing: Outgoing): ShownRequest {
  const { secrets } = account;
  const masked = secretNames.map((name) => [name, secrets[name] === '' ? '' : mask] as const);
  const hidden = { ...account, secrets: Object.fromEntries(masked) as Secrets };
  const built = sender.build(outgoing, hidden, mask);
  if ('remedy' in built) throw new TriggerError('E_SEND', built.text);
  const { method, url, body, headers } = built;
  const { Authorization, ...others } = headers;
  return {
    method,
    url,
    body,
    headers: { ...others, ...(Authorization && { Authorization: mask }) },
  };
}
