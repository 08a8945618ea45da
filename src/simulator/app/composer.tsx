import { useRef, useState } from 'preact/hooks';
import type { Happening } from '../../provider/simulator/build.ts';

interface ComposerProps {
  readonly disabled: boolean;
  readonly send: (happening: Happening) => void;
}

/** Below the text: what else a phone can send. What is typed becomes the caption or the button's title. */
const extras: readonly { readonly label: string; readonly make: (text: string) => Happening }[] = [
  { label: 'Image', make: (caption) => ({ kind: 'image', caption }) },
  {
    label: 'Location',
    make: () => ({
      kind: 'location',
      latitude: 45.4642,
      longitude: 9.19,
      name: 'Duomo di Milano',
      address: 'Piazza del Duomo, Milano',
    }),
  },
  {
    label: 'Button reply',
    make: (text) => ({ kind: 'button', title: text || 'Yes, please', buttonId: 'yes' }),
  },
];

export function Composer({ disabled, send }: ComposerProps) {
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const go = (happening: Happening): void => {
    send(happening);
    setText('');
    field.current?.focus();
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    if (text.trim() !== '') go({ kind: 'text', text });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) submit(event);
  };
  return (
    <form class="composer" onSubmit={submit}>
      <div class="extras">
        {extras.map(({ label, make }) => (
          <button
            key={label}
            type="button"
            class="chip"
            disabled={disabled}
            onClick={() => go(make(label === 'Location' ? '' : text))}
          >
            {label}
          </button>
        ))}
      </div>
      <div class="line">
        <textarea
          ref={field}
          aria-label="Message"
          placeholder="Message"
          rows={1}
          dir="auto"
          autofocus
          disabled={disabled}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button
          type="submit"
          class="go"
          aria-label="Send"
          disabled={disabled || text.trim() === ''}
        >
          <svg viewBox="0 0 24 24" aria-hidden="true">
            <path d="M4 20 21 12 4 4v6l10 2-10 2Z" />
          </svg>
        </button>
      </div>
    </form>
  );
}
