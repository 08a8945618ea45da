import type { FieldName } from './field.ts';

/** The fields with few values whose values depend on each other. */
export const shapeFields = ['interaction', 'message', 'interaction.state', 'delivery'] as const;

export type ShapeField = (typeof shapeFields)[number];

/** A kind of event, by what those fields say together in it; what is missing is absent. */
export interface Shape extends Readonly<Partial<Record<ShapeField, string>>> {
  /** false: any other message that reaches a trigger. */
  readonly isEvent: boolean;
}

const opened = { isEvent: true, interaction: 'opened', 'interaction.state': 'open' };
const closed = { isEvent: true, interaction: 'closed', 'interaction.state': 'closed' };
const unchanged = [
  { isEvent: true, 'interaction.state': 'open' },
  { isEvent: true, 'interaction.state': 'closed' },
];
const statuses = ['sent', 'delivered', 'read', 'played', 'failed'];

/** Every kind that there is: only a message of the contact or to the contact opens an interaction too. */
export const shapes: readonly Shape[] = [
  opened,
  closed,
  ...['incoming', 'outgoing'].flatMap((message) =>
    [opened, ...unchanged].map((shape) => ({ ...shape, message })),
  ),
  ...['accepted', 'rejected'].flatMap((message) =>
    unchanged.map((shape) => ({ ...shape, message })),
  ),
  ...statuses.flatMap((delivery) =>
    unchanged.map((shape) => ({ ...shape, message: 'outgoing', delivery })),
  ),
  { isEvent: false },
];

export function isShapeField(name: string): name is ShapeField {
  return (shapeFields as readonly string[]).includes(name);
}

/** Whether a field that is none of these can have a text in such an event. */
export function mayBePresent(shape: Shape, field: FieldName): boolean {
  if (field === 'message.text') return shape.message !== undefined && shape.delivery === undefined;
  if (field === 'message.type') return shape.message !== undefined;
  return shape.isEvent || isOutsideEvents(field);
}

export function mayBeAbsent(shape: Shape, field: FieldName): boolean {
  if (field === 'time') return false;
  return field !== 'account' || !shape.isEvent;
}

function isOutsideEvents(field: FieldName): boolean {
  return field === 'variable' || field === 'msg' || field === 'time';
}
