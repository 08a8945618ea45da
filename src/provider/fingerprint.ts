/**
 * A short name for a text, the same for the same text (two 53-bit cyrb53 sums, public domain): for
 * messages that came without an id. Not for secrets: whoever wants to can make two texts meet.
 */
export function fingerprint(text: string): string {
  return `${sum(text, 0x9e3779b9)}${sum(text, 0x85ebca6b)}`;
}

function sum(text: string, seed: number): string {
  let a = 0xdeadbeef ^ seed;
  let b = 0x41c6ce57 ^ seed;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2_654_435_761);
    b = Math.imul(b ^ unit, 1_597_334_677);
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909);
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909);
  const value = 4_294_967_296 * (2_097_151 & b) + (a >>> 0);
  return value.toString(16).padStart(14, '0');
}
