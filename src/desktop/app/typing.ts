/** Milliseconds without a key after which nobody types any more. */
const pause = 1500;
const textField =
  'textarea, input:not([type=checkbox], [type=radio], [type=button]), [contenteditable]';

let last: { readonly field: Element; readonly at: number } | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;

/**
 * Whether the agent types: a moment ago into a field that has the keyboard, or perhaps into a dashboard page, whose
 * keys are hidden from us as long as the keyboard is in there.
 */
export function isTyping(): boolean {
  const { activeElement } = document;
  if (last?.field === activeElement && performance.now() - last.at < pause) return true;
  return document.hasFocus() && (activeElement?.matches('.dashboard iframe') ?? false);
}

/** Tells when it is over. */
export function listenToTyping(ended: () => void): void {
  const end = (): void => {
    if (!isTyping()) ended();
  };
  document.addEventListener(
    'input',
    ({ target }) => {
      if (!(target instanceof Element) || !target.matches(textField)) return;
      last = { field: target, at: performance.now() };
      clearTimeout(timer);
      timer = setTimeout(end, pause + 1);
    },
    { capture: true },
  );
  addEventListener('focus', end);
  document.addEventListener('focusin', end);
}
