/** The sign of the desktop: a speech bubble. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true">
      <rect class="mark-ground" width="32" height="32" rx="8" />
      <path class="mark-bubble" d="M8 9h16v11H15l-5 4v-4H8z" />
    </svg>
  );
}

export function CloseIcon() {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="m4 4 8 8m0-8-8 8" />
    </svg>
  );
}

export function OutIcon() {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="M9 3h4v4m0-4L7.5 8.5M6 4H3v9h9v-3" />
    </svg>
  );
}

/** What a page in a list is: a popup, or a page of the web. */
export function PageIcon({ kind }: { readonly kind: 'popup' | 'cti' }) {
  const shape = kind === 'popup' ? 'M2.5 3.5h11v7H7l-3 2.5v-2.5H2.5z' : 'M2.5 3.5h11v9h-11zm0 3h11';
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={shape} />
    </svg>
  );
}
