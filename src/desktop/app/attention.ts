import { leads } from './leader.ts';
import { elementId, type Attention } from './model/step.ts';
import { isTyping } from './typing.ts';

export function attention(): Attention {
  const visible = document.visibilityState === 'visible';
  const focused = document.hasFocus();
  const conversation = document.getElementById(elementId.conversation);
  return {
    visible,
    focused,
    working: isTyping(),
    leads: leads(),
    reading: visible && focused && (conversation?.checkVisibility() ?? false),
  };
}
