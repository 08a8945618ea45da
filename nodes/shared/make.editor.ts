type Attributes = Readonly<Record<string, string | boolean | undefined>>;

/** An element with attributes and children; `true` sets an empty attribute, `false` none. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false)
      element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children);
  return element;
}

/** A select whose saved value is always among its options, so that opening a form loses nothing. */
export function makeSelect(
  attributes: Attributes,
  options: readonly { readonly value: string; readonly label: string }[],
  value: string,
): HTMLSelectElement {
  const select = make('select', attributes);
  for (const option of options) select.add(new Option(option.label, option.value));
  if (!options.some((option) => option.value === value)) select.add(new Option(value, value));
  select.value = value;
  return select;
}

export function makeIconButton(icon: string, label: string, click: () => void): HTMLButtonElement {
  const button = make(
    'button',
    {
      type: 'button',
      class: 'red-ui-button red-ui-button-small',
      title: label,
      'aria-label': label,
    },
    make('i', { class: `fa ${icon}`, 'aria-hidden': 'true' }),
  );
  button.addEventListener('click', click);
  return button;
}
