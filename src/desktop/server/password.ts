import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { createGate } from './gate.ts';

/** What a scrypt computation costs: 128 * 2^ln * r bytes of memory, p times over. */
interface Cost {
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

interface PasswordHash extends Cost {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const usualCost: Cost = { ln: 17, r: 8, p: 1 };
const memoryLimit = 256 * 1024 * 1024;
/** What scrypt needs beside its blocks, in plenty. */
const spareMemory = 1024 * 1024;
const pattern =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{22,86})$/;

/** One computation takes 128 MiB: without a gate a handful of logins would be a memory bomb. */
const gate = createGate(2, 32);

/** The PHC string (`$scrypt$ln=17,r=8,p=1$<salt>$<hash>`, unpadded base64) to keep for a password. */
export async function hashPassword(
  password: string,
  options: { readonly ln?: number } = {},
): Promise<string> {
  const cost = { ...usualCost, ...options };
  const salt = randomBytes(16);
  const hash = await compute(password, { ...cost, salt }, 32);
  return phc({ ...cost, salt, hash });
}

/** Whether the password belongs to the PHC string. Throws GateFull when too many logins are under way. */
export async function verifyPassword(password: string, phcString: string): Promise<boolean> {
  const known = parsePhc(phcString);
  if (!known) return false;
  const hash = await compute(password, known, known.hash.length);
  return timingSafeEqual(hash, known.hash);
}

export function isPasswordHash(phcString: string): boolean {
  return parsePhc(phcString) !== undefined;
}

/** A hash that no password has, as costly to check as the given one: for users that do not exist. */
export function decoyHash(like: string | undefined): string {
  const cost = (like === undefined ? undefined : parsePhc(like)) ?? usualCost;
  return phc({ ...cost, salt: randomBytes(16), hash: randomBytes(32) });
}

function parsePhc(text: string): PasswordHash | undefined {
  const [, ln, r, p, salt = '', hash = ''] = pattern.exec(text) ?? [];
  const cost = { ln: Number(ln), r: Number(r), p: Number(p) };
  const within = cost.ln >= 1 && cost.r >= 1 && cost.p >= 1 && cost.p <= 4;
  if (!within || memoryOf(cost) > memoryLimit) return undefined;
  return { ...cost, salt: Buffer.from(salt, 'base64'), hash: Buffer.from(hash, 'base64') };
}

function phc({ ln, r, p, salt, hash }: PasswordHash): string {
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '');
}

function memoryOf({ ln, r }: Cost): number {
  return 128 * 2 ** ln * r;
}

function compute(
  password: string,
  given: Cost & { readonly salt: Buffer },
  length: number,
): Promise<Buffer> {
  const { ln, r, p, salt } = given;
  // Keyboards differ in how they compose an accented letter; the same password must stay the same.
  const text = password.normalize('NFC');
  const options = { N: 2 ** ln, r, p, maxmem: memoryOf(given) + spareMemory };
  return gate(
    () =>
      new Promise((resolve, reject) => {
        scrypt(text, salt, length, options, (error, key) => (error ? reject(error) : resolve(key)));
      }),
  );
}
