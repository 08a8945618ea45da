export function PinIcon({ pinned = false }: { readonly pinned?: boolean }) {
  return (
    <svg
      class={pinned ? 'icon full' : 'icon'}
      viewBox="0 0 16 16"
      width="16"
      height="16"
      aria-hidden="true"
    >
      <path d="M5.5 2.5h5l-.5 4 2 2v1H4v-1l2-2zM8 9.5v4" />
    </svg>
  );
}

export function ReloadIcon() {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d="M12.5 8a4.5 4.5 0 1 1-1.4-3.3M12.5 2v3h-3" />
    </svg>
  );
}
