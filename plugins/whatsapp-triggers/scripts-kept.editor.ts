import { say } from './words.editor.ts';

export interface KeptScript {
  readonly name: string;
  readonly text: string;
}

const key = 'whatsapp-triggers-conversations';
const ready = ['order', 'twice', 'agents'] as const;

/** The conversations that come with the package. */
export function readyScripts(): readonly KeptScript[] {
  return ready.map((id) => ({ name: say(`ready.${id}Name`), text: say(`ready.${id}`) }));
}

/** Those that were written in this browser. */
export function keptScripts(): readonly KeptScript[] {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(saved) ? saved.filter(isScript) : [];
  } catch {
    return [];
  }
}

export function keepScript(script: KeptScript): void {
  save([...keptScripts().filter(({ name }) => name !== script.name), script]);
}

export function forgetScript(name: string): void {
  save(keptScripts().filter((script) => script.name !== name));
}

function save(scripts: readonly KeptScript[]): void {
  localStorage.setItem(key, JSON.stringify(scripts));
}

function isScript(value: unknown): value is KeptScript {
  const { name, text } = (value ?? {}) as Partial<KeptScript>;
  return typeof name === 'string' && typeof text === 'string';
}
