import { type AgentRow, isUserName } from './agents.editor.ts';
import type { Reason } from './rules.editor.ts';

/** A line of the file; what it does not say stays as it is for an agent who is there already. */
export interface CsvAgent {
  readonly username: string;
  readonly name?: string;
  readonly role?: 'agent' | 'supervisor';
  readonly password?: string;
}

export interface CsvReading {
  readonly agents: readonly CsvAgent[];
  /** Lines that are left out, and why. */
  readonly faults: readonly { readonly line: number; readonly reason: Reason }[];
}

/** One whose password is hashed. */
export type ImportedAgent = CsvAgent & { readonly hash?: string };

type Name = keyof CsvAgent;

interface Line {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The order of the columns where no heading says another. */
const usualColumns: readonly Name[] = ['username', 'name', 'role', 'password'];

/** Headings as people and other programs write them, in English and in Italian. */
const headings: Readonly<Record<Name, RegExp>> = {
  username: /^(?:user ?name|user|login|utente|nome utente)$/,
  name: /^(?:(?:full |display )?name|nome|nome e cognome|nominativo)$/,
  role: /^(?:role|ruolo)$/,
  password: /^password$/,
};

const roles: Readonly<Record<string, 'agent' | 'supervisor'>> = {
  agent: 'agent',
  agente: 'agent',
  operatore: 'agent',
  supervisor: 'supervisor',
  supervisore: 'supervisor',
};

const longestPassword = 256;

/** Agents out of a table as spreadsheets save it: separated by commas, semicolons or tabs. */
export function readAgentsCsv(text: string): CsvReading {
  const lines = readLines(text.replace(/^\uFEFF/, ''));
  const columns = columnsOf(lines[0]);
  const seen = new Set<string>();
  const agents: CsvAgent[] = [];
  const faults: { line: number; reason: Reason }[] = [];
  for (const { line, cells } of columns ? lines.slice(1) : lines) {
    const agent = agentOf(cells, columns ?? usualColumns);
    const reason = faultOf(agent, seen);
    if (reason) faults.push({ line, reason });
    else agents.push(readable(agent));
  }
  return { agents, faults };
}

/** Known agents get what the file says of them, the others are put at the end. */
export function mergeAgents(
  rows: readonly AgentRow[],
  imported: readonly ImportedAgent[],
): AgentRow[] {
  const news = new Map(imported.map((agent) => [agent.username, agent]));
  const merged = rows.map((row) => {
    const { name, role, hash } = news.get(row.username) ?? {};
    news.delete(row.username);
    return { ...row, name: name ?? row.name, role: role ?? row.role, hash: hash ?? row.hash };
  });
  const added = [...news.values()].map(({ username, name = '', role = 'agent', hash = '' }) => {
    return { username, name, role, hash };
  });
  return [...merged, ...added];
}

/** What a line says in words of its own; an empty cell says nothing. */
type Said = Readonly<Partial<Record<Name, string>>>;

function agentOf(cells: readonly string[], columns: readonly (Name | undefined)[]): Said {
  const said: Partial<Record<Name, string>> = {};
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? '';
    // A blank may be part of a password, and of nothing else.
    const value = column === 'password' ? cell : cell.trim();
    if (column && value !== '') said[column] = value;
  }
  return said;
}

function faultOf({ username = '', role, password = '' }: Said, seen: Set<string>) {
  if (!isUserName(username)) return { key: 'reason.username' };
  if (role !== undefined && !roleOf(role)) return { key: 'reason.role', values: { role } };
  if (password.length > longestPassword) return { key: 'reason.password' };
  if (seen.has(username)) return { key: 'reason.twice', values: { username } };
  seen.add(username);
  return undefined;
}

function readable({ username = '', role, ...rest }: Said): CsvAgent {
  const known = role === undefined ? undefined : roleOf(role);
  return { ...rest, username, ...(known ? { role: known } : {}) };
}

function roleOf(text: string): 'agent' | 'supervisor' | undefined {
  const role = text.toLowerCase();
  return Object.hasOwn(roles, role) ? roles[role] : undefined;
}

/** What stands in which column, when the first line is one of headings. */
function columnsOf(first: Line | undefined): readonly (Name | undefined)[] | undefined {
  const names = Object.entries(headings) as [Name, RegExp][];
  const columns = first?.cells.map((cell) => {
    const heading = cell.trim().toLowerCase().replaceAll(/[_-]/g, ' ');
    return names.find(([, pattern]) => pattern.test(heading))?.[0];
  });
  return columns?.includes('username') ? columns : undefined;
}

/** The lines that have anything in them; a quoted cell may hold separators, quotes and line ends. */
function readLines(text: string): readonly Line[] {
  const separator = separatorOf(text);
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"[^${separator}\\r\\n]*|([^${separator}\\r\\n]*))`,
    'y',
  );
  const lines: Line[] = [];
  let at = 0;
  let line = 1;
  while (at < text.length) {
    const start = line;
    const cells: string[] = [];
    do {
      if (cells.length > 0) at += 1;
      cell.lastIndex = at;
      const [all = '', quoted, plain = ''] = cell.exec(text) ?? [];
      cells.push(quoted?.replaceAll('""', '"') ?? plain);
      at += all.length;
      line += all.split('\n').length - 1;
    } while (text[at] === separator);
    at += text.startsWith('\r\n', at) ? 2 : 1;
    line += 1;
    if (cells.some((one) => one.trim() !== '')) lines.push({ line: start, cells });
  }
  return lines;
}

/** The one of the three that the first line has most of. */
function separatorOf(text: string): string {
  const [first = ''] = text.trimStart().split(/[\r\n]/, 1);
  const unquoted = first.replaceAll(/"[^"]*"/g, '');
  const count = (separator: string) => unquoted.split(separator).length;
  return [',', ';', '\t'].reduce((best, one) => (count(one) > count(best) ? one : best));
}
