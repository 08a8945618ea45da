import { initials } from '../model/initials.ts';

/** Stands for a person where the name follows: it says nothing to a screen reader. */
export function Avatar({ name }: { readonly name: string }) {
  return (
    <span class="avatar" aria-hidden="true">
      {initials(name)}
    </span>
  );
}
