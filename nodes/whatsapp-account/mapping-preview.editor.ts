import { numberOf } from '../../src/provider/generic/parse.ts';
import type { Preview } from '../../src/provider/generic/preview.ts';
import type { ProviderFact } from '../../src/provider/provider.ts';
import type { Finding } from './finding.ts';

/** A text of the node's catalogue. */
type Say = (key: string, values: Readonly<Record<string, string>>) => string;

/** What would become of the sample, in sentences. */
export function findingsOf(preview: Preview, accountId: string, say: Say): readonly Finding[] {
  const { facts, problems, notices } = preview;
  const told = facts.map((fact): Finding => ({ state: 'ok', text: sentenceOf(fact, say) }));
  const named = facts.find((fact) => fact.accountId !== '')?.accountId;
  const isOther = named !== undefined && accountId !== '' && named !== numberOf(accountId);
  return [
    ...told,
    ...problems.map((text): Finding => ({ state: 'wrong', text })),
    ...notices.map((text): Finding => ({ state: 'warning', text })),
    ...(isOther
      ? [{ state: 'warning' as const, text: say('preview.otherAccount', { id: named }) }]
      : []),
  ];
}

function sentenceOf(fact: ProviderFact, say: Say): string {
  const { phone, userId, name } = fact.contact;
  const contact = [phone ?? userId ?? '', name ? `(${name})` : ''].join(' ').trim();
  switch (fact.kind) {
    case 'message': {
      const { verb, type, text } = fact.message;
      return say(`preview.${verb}`, { contact, type, text: shortened(text) });
    }
    case 'delivery': {
      const { messageId: id, delivery } = fact;
      return say('preview.delivery', { id, status: delivery.status, contact });
    }
    case 'identity':
    case 'call':
    case 'end':
      return say('preview.other', { kind: fact.kind });
  }
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
