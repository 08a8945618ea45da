import type { BoardView } from '../../protocol.ts';
import { hourText, momentText } from '../model/calendar.ts';
import { nameOr } from '../model/text.ts';
import { BoardTable } from './board-table.tsx';
import { PageIcon } from './icons.tsx';
import { useLocale, useWords } from './use-words.ts';

interface Props {
  readonly board: BoardView;
  readonly offset: number;
}

/** Who is here, the ready ones first. */
export function BoardAgents({ board, now, offset }: Props & { readonly now: number }) {
  const words = useWords();
  const locale = useLocale();
  const order = { ready: 0, paused: 1, offline: 2 };
  const names = {
    ready: words.status.ready,
    paused: words.status.paused,
    offline: words.board.offline,
  };
  const rows = board.agents
    .map((agent) => ({ ...agent, shown: agent.connected ? agent.status : ('offline' as const) }))
    .toSorted((a, b) => order[a.shown] - order[b.shown] || a.name.localeCompare(b.name, locale));
  return (
    <BoardTable
      id="board-agents"
      title={words.board.agents}
      count={board.agents.length}
      rows={rows}
      keyOf={({ username }) => username}
      columns={[
        {
          head: words.board.agent,
          kind: 'name',
          cell: ({ name, username }) => <bdi>{nameOr(name, username)}</bdi>,
        },
        {
          head: words.board.status,
          cell: ({ shown }) => <span class={`dot dot-${shown}`}>{names[shown]}</span>,
        },
        {
          head: words.board.since,
          kind: 'number',
          cell: ({ since }) => momentText(since - offset, now - offset, locale),
        },
        {
          head: words.board.count,
          kind: 'number',
          cell: ({ interactions }) => interactions,
        },
      ]}
      none={words.board.noAgents}
    />
  );
}

/** What was shown to whom, the latest first. */
export function BoardShown({ board, offset }: Props) {
  const { board: words, pages } = useWords();
  const locale = useLocale();
  return (
    <BoardTable
      id="board-shown"
      title={words.shown}
      rows={board.shown.map((row, index) => ({ ...row, key: `${row.at}-${index}` }))}
      keyOf={({ key }) => key}
      columns={[
        { head: words.time, kind: 'minor', cell: ({ at }) => hourText(at - offset, locale) },
        {
          head: words.page,
          kind: 'cut',
          cell: ({ kind, title }) => (
            <>
              <PageIcon kind={kind} />
              <bdi>{nameOr(title, pages.untitled[kind])}</bdi>
            </>
          ),
        },
        { head: words.agent, cell: ({ agent }) => <bdi>{nameOr(agent, '–')}</bdi> },
        {
          head: words.outcome,
          cell: ({ outcome }) => (
            <span class={`outcome-${outcome}`}>{words.outcomes[outcome]}</span>
          ),
        },
      ]}
      none={words.noShown}
    />
  );
}
