import { isEvent } from '../../src/event/event.ts';
import { madeEvent } from '../../src/event/made-event.ts';
import { standardVariables } from '../../src/event/standard-variables.ts';
import type { Sample } from '../../src/trace/log-types.ts';

const eventParts = new Set(['account', 'interaction', 'message', 'contact', 'agent', 'delivery']);

/**
 * The values that a template brings along, as a message: a text by its name is a variable, an object is a
 * part of the event (`contact`) or of the message (`order`). What it does not say is made up.
 */
export function templateSample(values: object, label: string): Sample {
  const made = madeEvent();
  const entries = Object.entries(values) as [string, unknown][];
  const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
  const parts = entries.filter(([name, value]) => eventParts.has(name) && isObject(value));
  const event = {
    ...made,
    ...Object.fromEntries(
      parts.map(([name, value]) => [name, { ...made[name as 'contact'], ...(value as object) }]),
    ),
  };
  const flat = entries.filter(([, value]) => !isObject(value));
  const others = entries.filter(([name, value]) => isObject(value) && !eventParts.has(name));
  const standard = isEvent(event) ? standardVariables(event) : {};
  return {
    id: 'template',
    at: made.at,
    label,
    event,
    variables: {
      ...standard,
      ...Object.fromEntries(flat.map(([name, value]) => [name, String(value)])),
    },
    msg: Object.fromEntries(others),
    masked: [],
  };
}
