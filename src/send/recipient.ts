import { phone } from '../provider/phone.ts';
import type { Recipient } from '../provider/sender.ts';

/** An opaque id behind the country or kind that it begins with, such as "US.13491208655302741918". */
const userIdPattern = /^[A-Za-z][\w-]*\.[\w.-]{1,160}$/;

/** Who is meant by a text: a phone number, also as it is written by hand, or a user id. */
export function recipientOf(text: string): Recipient | undefined {
  const written = text.trim().replace(/^whatsapp:/i, '');
  const number = phone(written.replace(/^00(?=[\s().-]*[1-9])/, '+'));
  if (number !== undefined) return { phone: number };
  return userIdPattern.test(written) ? { userId: written } : undefined;
}
