import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { TriggerError } from '../../src/errors.ts';
import { missingReporter } from '../shared/field.ts';
import { pacedStatus } from '../shared/paced-status.ts';

export interface OutStatus {
  readonly began: () => void;
  /** One that began has to wait. */
  readonly delayed: () => void;
  /** What became of one that began; `status` is the provider's own word. */
  readonly sent: (status: string, missing: readonly string[]) => void;
  readonly failed: (error: TriggerError) => void;
  /** One that began has ended, well or not. */
  readonly ended: () => void;
}

/** How the last one ended, and how many are still on their way or wait for their turn. */
export function createStatus(RED: NodeAPI, node: Node): OutStatus {
  const show = pacedStatus(node);
  const report = missingReporter(RED, node, (make) => tell(make));
  let waiting = 0;
  let last: (() => NodeStatus) | undefined;

  function tell(make: () => NodeStatus, kind: 'news' | 'alarm' = 'news'): void {
    last = make;
    show(status, kind);
  }
  function status(): NodeStatus {
    const { text = '', ...look } = last?.() ?? { fill: 'blue' as const, shape: 'dot' as const };
    const more = waiting > 0 ? RED._('whatsapp-out.status.waiting', { count: waiting }) : '';
    return { ...look, text: [text, more].filter((part) => part !== '').join(' · ') };
  }

  return {
    began() {
      waiting += 1;
      if (waiting > 1) show(status);
    },
    delayed: () => show(status),
    sent(word, missing) {
      if (missing.length > 0) return report(missing);
      const text = (): string => RED._('whatsapp-out.status.sent', { status: word });
      tell(() => ({ fill: 'green', shape: 'dot', text: text() }));
    },
    failed({ code, details, statusKey }) {
      const { code: reason } = details;
      const values = { code: typeof reason === 'string' && reason !== '' ? reason : code };
      const text = (): string => RED._(`whatsapp-out.error.${statusKey}`, values);
      tell(() => ({ fill: 'red', shape: 'ring', text: text() }), 'alarm');
    },
    ended() {
      waiting -= 1;
    },
  };
}
