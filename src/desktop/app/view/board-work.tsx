import type { BoardView } from '../../protocol.ts';
import { momentText } from '../model/calendar.ts';
import { clockText, secondsSince } from '../model/countdown.ts';
import { nameOr } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { BoardTable } from './board-table.tsx';
import { useLocale, useWords } from './use-words.ts';

interface Props {
  readonly board: BoardView;
  readonly dispatch: Dispatch;
}

/** Whom nobody has accepted yet, the longest wait first. */
export function BoardWaiting({ board, now, dispatch }: Props & { readonly now: number }) {
  const words = useWords();
  const nameOf = ({ contact }: { readonly contact: string }) =>
    nameOr(contact, words.offers.unknown);
  return (
    <BoardTable
      id="board-waiting"
      title={words.board.waiting}
      count={board.waitingCount}
      rows={board.waiting}
      keyOf={({ interactionId }) => interactionId}
      columns={[
        {
          head: words.board.contact,
          kind: 'name',
          cell: (row) => (
            <ReadButton id={row.interactionId} name={nameOf(row)} dispatch={dispatch} />
          ),
        },
        {
          head: words.board.queue,
          kind: 'minor',
          cell: ({ queue }) => <bdi>{nameOr(queue, '–')}</bdi>,
        },
        {
          head: words.board.waits,
          kind: 'number',
          cell: ({ since }) => clockText(secondsSince(since, now)),
        },
        {
          head: words.board.actions,
          cell: (row) => (
            <button
              type="button"
              class="small"
              aria-label={words.transfer.assignOf(nameOf(row))}
              onClick={() => {
                dispatch({ type: 'chosen', interactionId: row.interactionId });
                dispatch({ type: 'panelShown', panel: 'transfer' });
              }}
            >
              {words.transfer.assign}
            </button>
          ),
        },
      ]}
      none={words.board.noWaiting}
    />
  );
}

/** The open conversations; a click reads along. */
export function BoardOpen({ board, offset, dispatch }: Props & { readonly offset: number }) {
  const words = useWords();
  const locale = useLocale();
  return (
    <BoardTable
      id="board-open"
      title={words.board.open}
      count={board.openCount}
      rows={board.interactions.toSorted((a, b) => b.lastAt - a.lastAt)}
      keyOf={({ id }) => id}
      columns={[
        {
          head: words.board.contact,
          kind: 'name',
          cell: ({ id, contact }) => (
            <ReadButton id={id} name={nameOr(contact, words.offers.unknown)} dispatch={dispatch} />
          ),
        },
        {
          head: words.board.agent,
          cell: ({ agent }) =>
            agent ? (
              <bdi>{nameOr(agent.name, agent.username)}</bdi>
            ) : (
              <span class="soft">{words.board.nobody}</span>
            ),
        },
        {
          head: words.board.last,
          kind: 'cut',
          cell: ({ lastText }) => (
            <span class="soft" dir="auto">
              {nameOr(lastText, '…')}
            </span>
          ),
        },
        {
          head: words.board.time,
          kind: 'minor',
          cell: ({ lastAt }) => momentText(lastAt - offset, Date.now(), locale),
        },
      ]}
      none={words.board.noOpen}
    />
  );
}

interface ReadProps {
  readonly id: string;
  readonly name: string;
  readonly dispatch: Dispatch;
}

function ReadButton({ id, name, dispatch }: ReadProps) {
  const words = useWords().board;
  return (
    <button
      type="button"
      class="link"
      title={words.read(name)}
      onClick={() => dispatch({ type: 'chosen', interactionId: id })}
    >
      <bdi>{name}</bdi>
    </button>
  );
}
