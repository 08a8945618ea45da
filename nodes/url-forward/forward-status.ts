import type { Node, NodeAPI, NodeStatus } from 'node-red';
import type { TriggerError } from '../../src/errors.ts';
import type { Answer } from '../../src/forward/answer.ts';
import type { ForwardCounts } from '../../src/store/forwards.ts';
import { missingReporter } from '../shared/field.ts';
import { pacedStatus } from '../shared/paced-status.ts';

export interface ForwardStatus {
  readonly done: (answer: Answer | undefined, duration: number, missing: readonly string[]) => void;
  readonly failed: (error: TriggerError) => void;
  readonly retrying: (error: TriggerError) => void;
  /** What waits and what is dead stands behind whatever was last. */
  readonly counted: (counts: ForwardCounts) => void;
}

type Last = () => NodeStatus;

export function createStatus(RED: NodeAPI, node: Node): ForwardStatus {
  const show = pacedStatus(node);
  let counts: ForwardCounts = { waiting: 0, dead: 0 };
  let last: Last | undefined;
  const report = missingReporter(RED, node, (make) => tell(make));

  function tell(make: Last, kind: 'news' | 'alarm' = 'news'): void {
    last = make;
    show(status, kind);
  }
  function status(): NodeStatus {
    const { waiting, dead } = counts;
    const { text = '', ...look } = last?.() ?? { fill: 'yellow' as const, shape: 'ring' as const };
    const kept = [
      waiting > 0 ? RED._('url-forward.status.waiting', { count: waiting }) : '',
      dead > 0 ? RED._('url-forward.status.dead', { count: dead }) : '',
    ];
    const texts = [text, ...kept].filter((part) => part !== '');
    if (texts.length === 0) return {};
    const isKept = waiting + dead > 0 && look.fill === 'green';
    return { ...look, ...(isKept && { fill: 'yellow' as const }), text: texts.join(' · ') };
  }
  const failure =
    ({ code, details, statusKey }: TriggerError, fill: 'red' | 'yellow'): Last =>
    () => {
      const values = { code, status: Number(details['statusCode'] ?? 0) };
      return { fill, shape: 'ring', text: RED._(`url-forward.error.${statusKey}`, values) };
    };

  return {
    done(answer, duration, missing) {
      if (missing.length > 0) return report(missing);
      const values = { status: answer?.statusCode ?? 0, duration: Math.round(duration) };
      tell(() => ({ fill: 'green', shape: 'dot', text: RED._('url-forward.status.done', values) }));
    },
    failed: (error) => tell(failure(error, 'red'), 'alarm'),
    retrying: (error) => tell(failure(error, 'yellow'), 'alarm'),
    counted(now) {
      const isSame = now.waiting === counts.waiting && now.dead === counts.dead;
      counts = now;
      if (!isSame) show(status);
    },
  };
}
