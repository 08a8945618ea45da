/** The sample as the form shows it; a text is one that was no JSON when it was saved. */
export function showSample(sample: unknown): string {
  if (typeof sample === 'string') return sample;
  return JSON.stringify(sample ?? {}, null, 2);
}

/** The object that a text says; the text itself when it says none, so that nothing typed is lost. */
export function sampleObject(text: string): object | string {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : text;
  } catch {
    return text;
  }
}
