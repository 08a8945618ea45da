import { standardVariables } from '../event/standard-variables.ts';
import { shortened } from './cut.ts';
import type { Sample } from './log-types.ts';
import type { LogRecord } from './log-store/record.ts';

const longestLabel = 60;

/** A kept event as a form shows it, with what templates and conditions find in its message. */
export function sampleOf({
  summary,
  event,
  variables: custom,
  masked,
}: LogRecord): Sample | undefined {
  if (!event) return undefined;
  const { id, at, name, contact, text } = summary;
  const words = text === '' ? [] : [`"${shortened(text.replaceAll(/\s+/g, ' '), longestLabel)}"`];
  const label = [name, contact, ...words].filter((part) => part !== '').join(' · ');
  const variables = { ...event.interaction.variables, ...standardVariables(event), ...custom };
  const msg = { topic: event.name, payload: event, variables };
  return { id, at, label, event, variables, msg, masked };
}
