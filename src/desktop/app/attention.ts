import type { Attention } from './model/step.ts';

export function attention(): Attention {
  return {
    visible: document.visibilityState === 'visible',
    focused: document.hasFocus(),
    working: document.activeElement?.matches('.dashboard iframe') ?? false,
  };
}
