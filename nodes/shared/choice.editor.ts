/** One part of a form that is there only for certain choices, as its `data-when` attribute says. */
export interface Condition {
  readonly property: string;
  readonly values: readonly string[];
}

/** Reads `data-when`: `auth=basic bearer` means while `auth` is one of the two; `a=x; b=y` means both. */
export function readWhen(text: string): Condition[] {
  return text.split(';').map((part) => {
    const [property = '', values = ''] = part.split('=');
    return { property: property.trim(), values: values.trim().split(/\s+/) };
  });
}

/** Whether every condition holds; an empty choice is written `none` in the attribute. */
export function holds(conditions: readonly Condition[], choice: (property: string) => string) {
  return conditions.every(({ property, values }) => values.includes(choice(property) || 'none'));
}
