import type { MessageView } from '../../interaction-view.ts';

/** The sign of the desktop: a speech bubble. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <rect class="mark-ground" width="32" height="32" rx="8" />
      <path class="mark-bubble" d="M8 9h16v11H15l-5 4v-4H8z" />
    </svg>
  );
}

const shapes = {
  back: 'M10 3 5 8l5 5',
  board: 'M2.5 13.5h11M4 13.5v-5m4 5v-9m4 9v-7',
  bubble: 'M2.5 3.5h11v7H7l-3 2.5v-2.5H2.5z',
  close: 'm4 4 8 8m0-8-8 8',
  clock: 'M8 4.5V8l2.5 1.5M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
  done: 'm3.5 8.5 3 3 6-7',
  down: 'm3.5 6 4.5 4.5L12.5 6',
  file: 'M4 2.5h5l3 3v8H4zm5 0v3h3',
  image: 'M2.5 3.5h11v9h-11zm0 7 3-3 3 3 2-2 3 3M10.5 6.5h.01',
  leave: 'M9.5 3H13v10H9.5M6.5 5 3.5 8l3 3m-3-3h6',
  out: 'M9 3h4v4m0-4L7.5 8.5M6 4H3v9h9v-3',
  page: 'M2.5 3.5h11v9h-11zm0 3h11',
  pin: 'M8 14s4.5-4 4.5-7.5a4.5 4.5 0 0 0-9 0C3.5 10 8 14 8 14zm0-6.25h.01',
  settings:
    'M3 4.5h6m3 0h1M3 11.5h1m3 0h6M9 4.5a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0zm-5 7a1.5 1.5 0 1 0 3 0 1.5 1.5 0 0 0-3 0z',
  sound: 'M3 6.5v3h2l3 2.5v-8L5 6.5zM10.5 6a3 3 0 0 1 0 4M12.5 4.5a5 5 0 0 1 0 7',
  swap: 'M3 5.5h9m-2.5-2.5L12 5.5 9.5 8M13 10.5H4m2.5-2.5L4 10.5 6.5 13',
  video: 'M2.5 4.5h7v7h-7zm7 2.5 4-2v6l-4-2',
  warning: 'M8 2.5 14 13H2zm0 4v3m0 2h.01',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={shapes[name]} />
    </svg>
  );
}

export function CloseIcon() {
  return <Icon name="close" />;
}

export function OutIcon() {
  return <Icon name="out" />;
}

/** What a page in a list is: a popup, or a page of the web. */
export function PageIcon({ kind }: { readonly kind: 'popup' | 'cti' }) {
  return <Icon name={kind === 'popup' ? 'bubble' : 'page'} />;
}

const ticks: Readonly<Record<NonNullable<MessageView['status']>, string>> = {
  sending: 'M8 5v3l2 1.2M13 8A5 5 0 1 1 3 8a5 5 0 0 1 10 0z',
  sent: 'm4 8.5 3 3 6-7',
  delivered: 'm1 8.5 3 3 6-7M8.5 11l.5.5 6-7',
  read: 'm1 8.5 3 3 6-7M8.5 11l.5.5 6-7',
  played: 'm1 8.5 3 3 6-7M8.5 11l.5.5 6-7',
  failed: 'M8 4.5v4m0 3h.01M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0z',
};

/** How far a message has come, as WhatsApp draws it. */
export function Ticks({ status }: { readonly status: NonNullable<MessageView['status']> }) {
  return (
    <svg
      class={`icon ticks ${status}`}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      <path d={ticks[status]} />
    </svg>
  );
}
