import type { BoardView } from '../../protocol.ts';
import { hourText, momentText } from '../model/calendar.ts';
import { nameOr } from '../model/text.ts';
import { BoardTable } from './board-table.tsx';
import { PageIcon } from './icons.tsx';
import { useLocale } from './use-locale.ts';
import { useWords } from './use-words.ts';

interface Props {
  readonly board: BoardView;
  readonly offset: number;
}

/** Who is here, the ready ones first. */
export function BoardAgents({ board, now, offset }: Props & { readonly now: number }) {
  const words = useWords();
  const locale = useLocale();
  const order = { ready: 0, paused: 1, offline: 2 };
  const rows = board.agents
    .map((agent) => ({ ...agent, shown: agent.connected ? agent.status : ('offline' as const) }))
    .toSorted((a, b) => order[a.shown] - order[b.shown] || a.name.localeCompare(b.name, locale));
  const names = {
    ready: words.status.ready,
    paused: words.status.paused,
    offline: words.board.offline,
  };
  return (
    <BoardTable
      id="board-agents"
      title={words.board.agents}
      count={rows.length}
      heads={[words.board.agent, words.board.status, words.board.since, words.board.count]}
      none={words.board.noAgents}
    >
      {rows.map(({ username, name, shown, since, interactions }) => (
        <tr key={username}>
          <th scope="row">
            <bdi>{nameOr(name, username)}</bdi>
          </th>
          <td>
            <span class={`dot dot-${shown}`}>{names[shown]}</span>
          </td>
          <td class="number">{momentText(since - offset, now - offset, locale)}</td>
          <td class="number">{interactions}</td>
        </tr>
      ))}
    </BoardTable>
  );
}

/** What was shown to whom, the latest first. */
export function BoardShown({ board, offset }: Props) {
  const words = useWords().board;
  const locale = useLocale();
  return (
    <BoardTable
      id="board-shown"
      title={words.shown}
      heads={[words.time, words.page, words.agent, words.outcome]}
      none={words.noShown}
    >
      {board.shown.map(({ at, agent, title, kind, outcome }, index) => (
        <tr key={`${at}-${index}`}>
          <td class="number">{hourText(at - offset, locale)}</td>
          <td>
            <span class="with-icon">
              <PageIcon kind={kind} />
              <bdi>{nameOr(title, kind)}</bdi>
            </span>
          </td>
          <td>
            <bdi>{nameOr(agent, '–')}</bdi>
          </td>
          <td class={`outcome-${outcome}`}>{words.outcomes[outcome]}</td>
        </tr>
      ))}
    </BoardTable>
  );
}
