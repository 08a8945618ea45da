import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** Tells when the agent presses anywhere else while something is open. */
export function useAway(
  place: RefObject<HTMLElement | null>,
  open: boolean,
  onAway: () => void,
): void {
  useEffect(() => {
    if (!open) return undefined;
    const press = ({ target }: PointerEvent) => {
      if (!(target instanceof Node) || !place.current?.contains(target)) onAway();
    };
    document.addEventListener('pointerdown', press);
    return () => document.removeEventListener('pointerdown', press);
  }, [open]);
}
