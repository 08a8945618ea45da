export interface PopupTexts {
  readonly title: string;
  readonly content: string;
}

/** The node's own title goes before its template's. */
export function withTemplate(own: { readonly title: string }, template: PopupTexts): PopupTexts {
  return { title: own.title || template.title, content: template.content };
}
