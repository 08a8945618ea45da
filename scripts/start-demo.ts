import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import { copyFile, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashPassword } from '../src/desktop/server/password.ts';

interface Wanted {
  readonly root: string;
  readonly folder: string;
  readonly port: number;
  readonly fresh: boolean;
}

export interface Demo {
  readonly folder: string;
  readonly port: number;
  readonly login: { readonly username: string; readonly password: string };
}

/** What the demo remembers of its last start, in `demo.json`. */
interface Memory {
  readonly password: string;
  readonly credentialSecret: string;
  readonly port: number;
}

const packageName = 'node-red-contrib-whatsapp-triggers';
const username = 'ada';
/** As they stand in start-flow.json. */
const flowDesktop = 'demo-desktop';
const flowPort = 1880;
const flowScripts = '/demo-scripts';

/** The password and the secret are for this user's eyes. */
const ownerOnly = { mode: 0o600 };

/** A Node-RED user directory with the demo in it; what was changed in the editor is kept. */
export async function prepareDemo({ root, folder, port, fresh }: Wanted): Promise<Demo> {
  if (fresh) await rm(folder, { recursive: true, force: true });
  const scripts = join(folder, 'scripts');
  await mkdir(join(folder, 'node_modules'), { recursive: true });
  await mkdir(scripts, { recursive: true, mode: 0o755 });

  const known = await recall(folder);
  const memory = known ? { ...known, port } : newMemory(port);
  await linkPackage(root, folder);
  await writeJson(join(folder, 'package.json'), { name: 'demo', private: true });
  await writeFile(
    join(folder, 'settings.js'),
    settings(memory.credentialSecret, scripts),
    ownerOnly,
  );
  if (!known) await writeFlow(folder, scripts, memory);
  await movePort(folder, known?.port ?? flowPort, port);
  await writeJson(join(folder, 'demo.json'), memory, ownerOnly);
  return { folder, port, login: { username, password: memory.password } };
}

async function recall(folder: string): Promise<Memory | undefined> {
  const text = await readFile(join(folder, 'demo.json'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Memory);
}

function newMemory(port: number): Memory {
  const password = randomBytes(6).toString('hex');
  return { password, credentialSecret: randomBytes(32).toString('hex'), port };
}

/** As `npm install <folder>` would: Node-RED finds the package, with its examples, by its name. */
async function linkPackage(root: string, folder: string): Promise<void> {
  const link = join(folder, 'node_modules', packageName);
  await rm(link, { recursive: true, force: true });
  await symlink(root, link, 'junction');
}

async function writeFlow(folder: string, scripts: string, memory: Memory): Promise<void> {
  await copyFile(join(import.meta.dirname, 'start-greet.mjs'), join(scripts, 'greet.mjs'));
  const flow = await readFile(join(import.meta.dirname, 'start-flow.json'), 'utf8');
  const quoted = JSON.stringify(scripts).slice(1, -1);
  await writeFile(
    join(folder, 'flows.json'),
    flow.replaceAll(flowScripts, () => quoted),
  );
  const passwords = JSON.stringify({ [username]: await hashPassword(memory.password) });
  const credentials = encrypt({ [flowDesktop]: { passwords } }, memory.credentialSecret);
  await writeJson(join(folder, 'flows_cred.json'), credentials);
}

/** The demo calls itself (its CRM and its CTI page are flows too), so its addresses follow the port. */
async function movePort(folder: string, from: number, to: number): Promise<void> {
  if (from === to) return;
  const file = join(folder, 'flows.json');
  const own = new RegExp(`\\b127\\.0\\.0\\.1:${from}\\b`, 'g');
  await writeFile(file, (await readFile(file, 'utf8')).replace(own, `127.0.0.1:${to}`));
}

/** Node-RED's own format (runtime, nodes/credentials): AES-256-CTR, the key is a hash of the secret. */
function encrypt(credentials: object, secret: string): object {
  const vector = randomBytes(16);
  const key = createHash('sha256').update(secret).digest();
  const cipher = createCipheriv('aes-256-ctr', key, vector);
  const text =
    cipher.update(JSON.stringify(credentials), 'utf8', 'base64') + cipher.final('base64');
  return { $: vector.toString('hex') + text };
}

async function writeJson(file: string, value: object, options = {}): Promise<void> {
  await writeFile(file, `${JSON.stringify(value, null, 2)}\n`, options);
}

function settings(credentialSecret: string, scripts: string): string {
  const values = {
    flowFile: 'flows.json',
    flowFilePretty: true,
    credentialSecret,
    uiHost: '127.0.0.1',
    lang: 'en-US',
    telemetry: { enabled: false, updateNotification: false },
    editorTheme: { tours: false, projects: { enabled: false } },
    whatsappTriggers: { scripts: { folders: [scripts] } },
  };
  return `// Written by "npm start" at every start.\nmodule.exports = ${JSON.stringify(values, null, 2)};\n`;
}
