import type { Customer } from '../../provider/simulator/build.ts';

/** Names as the world has them: an apostrophe, accents, an emoji, another script, right to left. */
const demo: readonly Customer[] = [
  { name: "Chiara D'Angelo", phone: '+393200000101' },
  { name: 'José Núñez 😎', phone: '+34600000102' },
  { name: 'Zoë Müller-Weiß', phone: '+491510000103' },
  { name: 'Nomvula Dlamini', phone: '+27710000104' },
  { name: 'ليلى حداد', phone: '+201000000105' },
  { name: 'Ελένη Παππά', phone: '+306900000106' },
];

const key = 'whatsapp-triggers-simulator-customers';

/** The demo customers and those that were added in this browser. */
export function loadCustomers(): readonly Customer[] {
  const saved: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
  const added = Array.isArray(saved) ? saved.filter(isCustomer) : [];
  return [...demo, ...added];
}

export function saveCustomer(customer: Customer): readonly Customer[] {
  const others = loadCustomers().filter(({ phone }) => phone !== customer.phone);
  const added = others.filter((other) => !demo.some(({ phone }) => phone === other.phone));
  localStorage.setItem(key, JSON.stringify([...added, customer]));
  return [...others, customer];
}

/** Digits with a leading "+"; undefined for what cannot be a phone number. */
export function readPhone(text: string): string | undefined {
  const digits = text.replace(/[\s().+-]/g, '');
  return /^[0-9]{4,20}$/.test(digits) ? `+${digits}` : undefined;
}

/** "+39 320 000 0101": groups for the eye, whatever the country. */
export function showPhone(phone: string): string {
  return phone.replace(/^(\+\d{2})(\d{3})(\d{3})(\d+)$/, '$1 $2 $3 $4');
}

/** The first letters of the first and the last word; "?" for a name without letters. */
export function initials(name: string): string {
  const letters = name.split(/[\s-]+/).flatMap((word) => /^\P{L}*(\p{L})/u.exec(word)?.[1] ?? []);
  const ends = letters.length > 1 ? [letters[0], letters.at(-1)] : letters;
  return ends.join('').toUpperCase() || '?';
}

function isCustomer(value: unknown): value is Customer {
  const { name, phone } = (value ?? {}) as Partial<Customer>;
  return typeof name === 'string' && typeof phone === 'string' && readPhone(phone) === phone;
}
