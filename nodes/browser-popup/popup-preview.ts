import type { NodeAPI } from 'node-red';
import { createFilling } from '../shared/field.ts';
import { type Asked, attachPreview } from '../shared/preview/route.ts';
import type { PopupPreview } from '../shared/preview/protocol.ts';
import { maskedScene } from '../shared/preview/scene.ts';
import { readConfig, words } from '../shared/schema.ts';
import * as v from 'valibot';
import { type PopupTexts, withTemplate } from './popup-texts.ts';

/** A template as the editor has it, which may not be deployed yet. */
const texts = v.object({ title: words(), content: words() });
const schema = v.object({ title: words(), content: words(), template: v.optional(texts) });

/** The popup that a message would make. */
export function attachPopupPreview(RED: NodeAPI): void {
  attachPreview(RED, 'browser-popup', (asked) => {
    const { template, ...own } = readConfig(schema, asked.config);
    return popupOf(RED, asked, template ? withTemplate(own, template) : own);
  });
}

/** The same for a template by itself. */
export function attachTemplatePreview(RED: NodeAPI): void {
  attachPreview(RED, 'popup-template', (asked) => {
    return popupOf(RED, asked, readConfig(texts, asked.config));
  });
}

async function popupOf(RED: NodeAPI, asked: Asked, wanted: PopupTexts): Promise<PopupPreview> {
  const { RED: masked, node, msg } = maskedScene(RED, asked);
  const [title, html] = await Promise.all([
    createFilling(masked, node, wanted.title, 'text').fill(msg),
    createFilling(masked, node, wanted.content, 'html').fill(msg),
  ]);
  const missing = [...new Set([...title.missing, ...html.missing])];
  return { title: title.text, html: html.text, missing };
}
