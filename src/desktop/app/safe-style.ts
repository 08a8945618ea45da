/**
 * Takes everything out of a style that would load something: the page's policy stops that too, but a
 * popup should not even try. Properties are read as the browser has parsed them, so that no way to
 * write an address differently matters.
 */
export function disarmStyle(style: CSSStyleDeclaration): void {
  const names = [...style];
  for (const name of names) {
    if (loads(name, style.getPropertyValue(name))) style.removeProperty(name);
  }
}

interface Rules {
  readonly cssRules: CSSRuleList;
  deleteRule?(index: number): void;
}

/** The same for a whole sheet. A rule stays that has properties, or holds such rules. */
export function disarmSheet(sheet: Rules): void {
  for (let index = sheet.cssRules.length - 1; index >= 0; index--) {
    const rule = sheet.cssRules[index] as CSSRule &
      Partial<Rules> & { style?: CSSStyleDeclaration };
    if (rule.style) disarmStyle(rule.style);
    if (rule.cssRules) disarmSheet(rule as Rules);
    if (!rule.style && !rule.cssRules) sheet.deleteRule?.(index);
  }
}

/** A variable is kept as it was written, where an address may hide behind escapes. */
function loads(name: string, value: string): boolean {
  if (name.startsWith('--') && value.includes('\\')) return true;
  const addresses = value.match(/url\(|image-set\(|src\(/gi) ?? [];
  const embedded = value.match(/url\(\s*["']?data:image\//gi) ?? [];
  return addresses.length > embedded.length;
}
