import { useEffect, useRef, useState } from 'preact/hooks';
import { popupStyle } from '../popup-style.ts';
import { disarmSheet } from '../safe-style.ts';
import { sanitise, trustedHtml } from '../sanitise.ts';

/**
 * A frame without scripts, forms or remote loads, by its sandbox, by its own policy and by the policy
 * that it inherits. It keeps our origin so that the page can put the cleaned content in and fit the
 * frame to it; without scripts nothing inside can make use of that.
 */
const sandbox = 'allow-same-origin allow-popups allow-popups-to-escape-sandbox';
const shell = trustedHtml(`<!doctype html><html><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">
</head><body></body></html>`);

interface Props {
  readonly title: string;
  readonly html: string;
  readonly onEscape: () => void;
}

export function PopupFrame({ title, html, onEscape }: Props) {
  const frame = useRef<HTMLIFrameElement>(null);
  const escape = useRef(onEscape);
  const [loads, setLoads] = useState(0);
  escape.current = onEscape;
  useEffect(() => {
    const inside = frame.current?.contentDocument;
    if (loads === 0 || !frame.current || !inside) return undefined;
    fill(inside, html);
    inside.onkeydown = (event) => {
      if (event.key === 'Escape') escape.current();
    };
    return fit(frame.current, inside);
  }, [loads, html]);
  return (
    <iframe
      ref={frame}
      class="popup-frame"
      title={title}
      sandbox={sandbox}
      srcdoc={shell}
      onLoad={() => setLoads((count) => count + 1)}
    />
  );
}

function fill(inside: Document, html: string): void {
  const { body, css } = sanitise(html);
  inside.body.replaceChildren(body);
  inside.adoptedStyleSheets = [sheet(inside, popupStyle), sheet(inside, css)];
  const coloured = inside.querySelector('[style*="color"],[style*="background"],[bgcolor],[color]');
  inside.documentElement.classList.toggle('paper', coloured !== null || css.trim() !== '');
}

/** A sheet belongs to the window that made it. */
function sheet(inside: Document, css: string): CSSStyleSheet {
  const made = new (inside.defaultView ?? globalThis).CSSStyleSheet();
  made.replaceSync(css);
  disarmSheet(made);
  return made;
}

/** Keeps the frame as high as its content; the style sheet sets the limit. */
function fit(frame: HTMLIFrameElement, inside: Document): () => void {
  // Not within the observer's own round: the new height would be a change to observe again.
  const observer = new ResizeObserver(() => requestAnimationFrame(resize));
  observer.observe(inside.body);
  return () => observer.disconnect();

  function resize(): void {
    const height = Math.ceil(inside.body.getBoundingClientRect().height);
    frame.height = String(height);
    frame.classList.toggle('long', frame.clientHeight < height);
  }
}
