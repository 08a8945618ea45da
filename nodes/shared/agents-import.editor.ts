import type { AgentRow } from './agents.editor.ts';
import {
  type CsvAgent,
  type CsvReading,
  type ImportedAgent,
  readAgentsCsv,
} from './agents-csv.editor.ts';
import { explain } from './check.editor.ts';
import { requestHashes } from './hash-password.editor.ts';
import { make } from './make.editor.ts';
import type { Rows } from './rows.editor.ts';
import type { Say } from './say.editor.ts';

const mostFaultsShown = 5;

/**
 * Takes agents out of a table that is pasted or chosen as a file. What will happen is shown before it
 * does; nothing changes until every password is hashed, and what was pasted is then gone. `imported` gets
 * the agents, also when the form has ended meanwhile.
 */
export function makeAgentsImport(
  place: HTMLElement,
  agents: Rows<AgentRow>,
  say: Say,
  imported: (agents: readonly ImportedAgent[]) => void,
): void {
  const table = make('textarea', {
    rows: '5',
    class: 'wa-mono',
    spellcheck: 'false',
    autocomplete: 'off',
    'aria-label': say('import.table'),
    placeholder: 'username,name,role,password\nlbianchi,Luca Bianchi,agent,sette pinguini',
  });
  const file = make('input', { type: 'file', accept: '.csv,.tsv,.txt', hidden: true });
  const button = { type: 'button', class: 'red-ui-button' };
  const open = make('button', button, say('import.file'));
  const start = make('button', button, say('import.start'));
  const state = make('div', { class: 'wa-stack', role: 'status' });
  place.append(
    make('summary', {}, say('import.open')),
    make('div', { class: 'wa-note wa-wide' }, say('import.note')),
    make('div', { class: 'wa-row' }, table),
    make('div', { class: 'wa-row' }, open, start, file),
    state,
  );
  let reading: CsvReading = { agents: [], faults: [] };

  function tell(...lines: readonly string[]): void {
    state.replaceChildren(...lines.map((line) => make('span', {}, line)));
  }

  function look(): void {
    reading = readAgentsCsv(table.value);
    start.disabled = reading.agents.length === 0;
    if (table.value.trim() === '') tell();
    else tell(...preview(reading, agents.read(), say));
  }

  async function take(): Promise<void> {
    const { agents: read } = reading;
    const secret = read.filter((agent) => agent.password !== undefined);
    start.disabled = true;
    table.readOnly = true;
    try {
      const hashes = await requestHashes(
        secret.map(({ password = '' }) => password),
        (done) => tell(say('import.busy', { done, all: secret.length })),
      );
      imported(withHashes(read, secret, hashes));
      table.value = '';
      file.value = '';
      tell(say('import.done', { count: read.length }));
    } catch (error) {
      start.disabled = false;
      tell(error instanceof Error ? error.message : say('password.failed'));
    } finally {
      table.readOnly = false;
    }
  }

  table.addEventListener('input', look);
  open.addEventListener('click', () => file.click());
  file.addEventListener('change', () => {
    void file.files?.[0]?.text().then((text) => {
      table.value = text;
      look();
    });
  });
  start.addEventListener('click', () => void take());
  start.disabled = true;
}

function withHashes(
  agents: readonly CsvAgent[],
  secret: readonly CsvAgent[],
  hashes: readonly string[],
): ImportedAgent[] {
  const byAgent = new Map(secret.map((agent, index) => [agent, hashes[index]]));
  return agents.map((agent) => {
    const hash = byAgent.get(agent);
    return hash === undefined ? agent : { ...agent, hash };
  });
}

function preview({ agents, faults }: CsvReading, rows: readonly AgentRow[], say: Say): string[] {
  const known = new Set(rows.map(({ username }) => username));
  const changed = agents.filter(({ username }) => known.has(username)).length;
  const shown = faults.slice(0, mostFaultsShown).map(({ line, reason }) => {
    return say('import.line', { line, reason: explain(say, reason) });
  });
  const more = faults.length - shown.length;
  return [
    say('import.preview', { added: agents.length - changed, changed }),
    ...shown,
    ...(more > 0 ? [say('import.more', { count: more })] : []),
  ];
}
