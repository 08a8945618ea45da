import { type AgentRow, userName } from './agents.editor.ts';
import { requestHash } from './hash-password.editor.ts';
import { make } from './make.editor.ts';
import { makeRows, type ReplaceableRows } from './rows.editor.ts';
import type { Say } from './say.editor.ts';
import { makeCell } from './table.editor.ts';

/** The list of a desktop's agents, with a row to begin with. `hashed` is called when a new password's hash has come in. */
export function makeAgentRows(options: {
  readonly list: string;
  readonly say: Say;
  readonly rows: readonly AgentRow[];
  readonly hashed: () => void;
  readonly check: (rows: readonly AgentRow[]) => true | string;
}): ReplaceableRows<AgentRow> {
  const { list, say, rows, hashed, check } = options;
  const roles = (['agent', 'supervisor'] as const).map((value) => ({
    value,
    label: say(`role.${value}`),
  }));
  const begun = rows.length === 0 ? [blankAgent] : rows;
  const agents = makeRows<AgentRow>({
    list,
    say,
    rows: begun,
    check: (all) => check(all.filter(isFilled)),
    label: say('label.agents'),
    addLabel: say('rows.agent'),
    blank: () => blankAgent,
    render: (row, place, changed) => {
      const cell = (column: Parameters<typeof makeCell>[1], value: string) => {
        const made = makeCell(list, column, value, say, changed);
        place.append(made.cell);
        return () => String(made.read()).trim();
      };
      const username = cell(
        { key: 'username', label: say('column.username'), rule: userName },
        row.username,
      );
      const name = cell({ key: 'name', label: say('column.name') }, row.name);
      const role = cell(
        { key: 'role', label: say('column.role'), kind: 'select', options: roles, width: 'narrow' },
        row.role,
      );
      const hash = addPassword(place, row.hash, say, hashed);
      return () => ({ username: username(), name: name(), role: role(), hash: hash() });
    },
  });
  return { ...agents, read: () => agents.read().filter(isFilled) };
}

const blankAgent: AgentRow = { username: '', name: '', role: 'agent', hash: '' };

/** A row that was never begun is no agent. */
function isFilled({ username, name, hash }: AgentRow): boolean {
  return username !== '' || name !== '' || hash !== '';
}

/** Only a hash is ever kept; it is made by the server, as soon as the field is left. */
function addPassword(place: HTMLElement, saved: string, say: Say, hashed: () => void) {
  let hash = saved;
  const field = make('input', {
    type: 'password',
    autocomplete: 'new-password',
    placeholder: say(hash === '' ? 'password.none' : 'password.kept'),
  });
  const state = make('span', { class: 'wa-state', role: 'status' });
  const caption = make('span', { class: 'wa-caption' }, say('column.password'));
  place.append(make('label', { class: 'wa-cell wa-even' }, caption, field, state));
  field.addEventListener('change', () => {
    if (field.value === '') return;
    state.textContent = say('password.busy');
    requestHash(field.value).then(
      (answer) => {
        hash = answer;
        field.value = '';
        field.placeholder = say('password.kept');
        state.textContent = say('password.set');
        hashed();
      },
      (error: unknown) => {
        state.textContent = error instanceof Error ? error.message : say('password.failed');
      },
    );
  });
  return () => hash;
}
