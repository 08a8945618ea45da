import { withLinks } from '../model/links.ts';
import { safeText } from '../model/text.ts';

/** What somebody wrote: as text, with its web addresses to be clicked on. */
export function MessageText({ text }: { readonly text: string }) {
  return (
    <p class="message-text" dir="auto">
      {withLinks(safeText(text)).map((part, index) =>
        part.kind === 'text' ? (
          part.text
        ) : (
          <a key={index} href={part.href} target="_blank" rel="noopener noreferrer">
            {part.text}
          </a>
        ),
      )}
    </p>
  );
}
