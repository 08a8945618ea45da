const pattern = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Whether a variable may be called so; names are case-sensitive. */
export function isVariableName(name: string): boolean {
  return pattern.test(name);
}
