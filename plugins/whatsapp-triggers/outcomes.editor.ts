import type { StepOutcome } from '../../src/trace/log-types.ts';
import type { LogOutcome } from '../../src/trace/why.ts';

export type Tone = 'good' | 'bad' | 'warn' | 'quiet' | 'info';

export interface Look {
  /** Of Font Awesome 4.7. */
  readonly icon: string;
  readonly tone: Tone;
}

/** Icons differ by shape, so that nobody has to tell them apart by colour. */
export const outcomeLooks: Readonly<Record<LogOutcome, Look>> = {
  acted: { icon: 'fa-check-circle', tone: 'good' },
  failed: { icon: 'fa-times-circle', tone: 'bad' },
  notMet: { icon: 'fa-minus-circle', tone: 'quiet' },
  off: { icon: 'fa-power-off', tone: 'quiet' },
  waiting: { icon: 'fa-clock-o', tone: 'warn' },
  undelivered: { icon: 'fa-exclamation-circle', tone: 'warn' },
  notTaken: { icon: 'fa-question-circle', tone: 'warn' },
  stubbed: { icon: 'fa-flask', tone: 'info' },
  taken: { icon: 'fa-arrow-circle-right', tone: 'info' },
  refused: { icon: 'fa-ban', tone: 'bad' },
  quarantined: { icon: 'fa-archive', tone: 'bad' },
};

export const stepLooks: Readonly<Record<StepOutcome, Look>> = {
  received: { icon: 'fa-inbox', tone: 'info' },
  redelivered: { icon: 'fa-inbox', tone: 'info' },
  taken: { icon: 'fa-arrow-circle-right', tone: 'info' },
  letGo: { icon: 'fa-hourglass-end', tone: 'warn' },
  notTaken: outcomeLooks.notTaken,
  met: { icon: 'fa-check', tone: 'good' },
  notMet: outcomeLooks.notMet,
  off: outcomeLooks.off,
  done: outcomeLooks.acted,
  failed: outcomeLooks.failed,
  waiting: outcomeLooks.waiting,
  undelivered: outcomeLooks.undelivered,
  stubbed: outcomeLooks.stubbed,
  retrying: { icon: 'fa-repeat', tone: 'warn' },
  shown: { icon: 'fa-eye', tone: 'good' },
  opened: { icon: 'fa-external-link', tone: 'good' },
  dismissed: { icon: 'fa-times', tone: 'quiet' },
  blocked: { icon: 'fa-exclamation-triangle', tone: 'warn' },
  expired: { icon: 'fa-hourglass-end', tone: 'warn' },
  withdrawn: { icon: 'fa-undo', tone: 'quiet' },
  refused: outcomeLooks.refused,
  quarantined: outcomeLooks.quarantined,
  resent: { icon: 'fa-repeat', tone: 'info' },
};

export const outcomeOrder: readonly LogOutcome[] = [
  'acted',
  'notMet',
  'off',
  'taken',
  'notTaken',
  'waiting',
  'undelivered',
  'failed',
  'stubbed',
  'refused',
  'quarantined',
];
