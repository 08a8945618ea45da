import { RE2JS, RE2JSException } from 're2js';

/** Tests a text; takes time in proportion to its length, whatever the pattern. */
export type Pattern = (text: string) => boolean;

export type CompiledPattern = { readonly test: Pattern } | { readonly reason: string };

/**
 * The time for one character grows with the size of the compiled pattern: within this bound the
 * longest WhatsApp text takes a small part of a second.
 */
const maxSize = 1000;

/**
 * Compiles a regular expression of RE2: no lookaround and no backreference, which would cost more
 * than linear time. It matches anywhere in the text unless it is anchored by ^ and $.
 */
export function compilePattern(source: string, ignoreCase: boolean): CompiledPattern {
  if (source.length > maxSize) return tooLarge;
  try {
    const pattern = RE2JS.compile(source, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    if (pattern.programSize() > maxSize) return tooLarge;
    return { test: (text) => pattern.test(text) };
  } catch (error) {
    if (error instanceof RE2JSException) return { reason: error.message };
    throw error;
  }
}

const tooLarge = { reason: `the pattern is larger than ${maxSize} steps` };
