import DOMPurify from 'dompurify';
import { disarmStyle } from './safe-style.ts';

interface HtmlPolicy {
  createHTML(html: string): string;
}

/** Under Trusted Types only this module makes HTML, and only for inert templates and sandboxed frames. */
const policy = (
  globalThis as { trustedTypes?: { createPolicy(name: string, rules: HtmlPolicy): HtmlPolicy } }
).trustedTypes?.createPolicy('agent-desktop', { createHTML: (html) => html });

export function trustedHtml(html: string): string {
  return policy ? policy.createHTML(html) : html;
}

export interface SafeContent {
  readonly body: HTMLElement;
  /** What stood in `<style>` elements: the page's policy wants it as a constructed sheet. */
  readonly css: string;
}

const forbiddenTags =
  'style template slot form input button select option optgroup textarea datalist dialog audio video source track picture map area';
const forbiddenAttributes = 'autofocus tabindex accesskey background srcset ping';

DOMPurify.addHook('afterSanitizeAttributes', (element) => {
  if (element.hasAttribute('href')) keepOutwardLink(element);
  if (element instanceof HTMLElement && element.hasAttribute('style')) disarmStyle(element.style);
});

/**
 * Takes everything out of a popup's HTML that could act or load: scripts, forms, remote images, links
 * that are not plain web, mail or telephone links. It is parsed in an inert template, cleaned there and
 * moved on as it is: nothing is parsed a second time.
 */
export function sanitise(html: string): SafeContent {
  const template = document.createElement('template');
  template.innerHTML = trustedHtml(html.toWellFormed());
  const css = [...template.content.querySelectorAll('style')].map((style) => style.textContent);
  const body = template.content.ownerDocument.createElement('div');
  body.append(template.content);
  DOMPurify.sanitize(body, {
    IN_PLACE: true,
    USE_PROFILES: { html: true },
    FORBID_TAGS: forbiddenTags.split(' '),
    FORBID_ATTR: forbiddenAttributes.split(' '),
    ALLOW_DATA_ATTR: false,
  });
  for (const image of body.querySelectorAll('img')) keepEmbeddedImage(image);
  return { body, css: css.join('\n') };
}

/** An image that would have to be fetched gives way to its words. */
function keepEmbeddedImage(image: HTMLImageElement): void {
  if (!/^data:image\//i.test(image.getAttribute('src') ?? '')) image.replaceWith(image.alt);
}

function keepOutwardLink(link: Element): void {
  if (!/^(?:https?|mailto|tel):/i.test(link.getAttribute('href') ?? ''))
    return link.removeAttribute('href');
  link.setAttribute('target', '_blank');
  link.setAttribute('rel', 'noopener noreferrer');
}
