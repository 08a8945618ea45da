import type { BoardView } from '../../protocol.ts';
import { momentText } from '../model/calendar.ts';
import { clockText, secondsSince } from '../model/countdown.ts';
import { nameOr } from '../model/text.ts';
import type { Dispatch } from '../store.ts';
import { BoardTable } from './board-table.tsx';
import { useLocale } from './use-locale.ts';
import { useWords } from './use-words.ts';

interface Props {
  readonly board: BoardView;
  readonly dispatch: Dispatch;
}

/** Whom nobody has accepted yet, the longest wait first. */
export function BoardWaiting({ board, now, dispatch }: Props & { readonly now: number }) {
  const words = useWords();
  const rows = board.waiting.toSorted((a, b) => a.since - b.since);
  return (
    <BoardTable
      id="board-waiting"
      title={words.board.waiting}
      count={rows.length}
      heads={[words.board.contact, words.board.queue, words.board.waits, words.board.actions]}
      none={words.board.noWaiting}
    >
      {rows.map(({ interactionId, contact, queue, since }) => {
        const name = nameOr(contact, words.offers.unknown);
        return (
          <tr key={interactionId}>
            <th scope="row">
              <ReadButton id={interactionId} name={name} dispatch={dispatch} />
            </th>
            <td>
              <bdi>{nameOr(queue, '–')}</bdi>
            </td>
            <td class="number">{clockText(secondsSince(since, now))}</td>
            <td>
              <button
                type="button"
                class="small"
                aria-label={words.transfer.assignOf(name)}
                onClick={() => {
                  dispatch({ type: 'chosen', interactionId });
                  dispatch({ type: 'panelShown', panel: 'transfer' });
                }}
              >
                {words.transfer.assign}
              </button>
            </td>
          </tr>
        );
      })}
    </BoardTable>
  );
}

/** Every open conversation; a click reads along. */
export function BoardOpen({ board, offset, dispatch }: Props & { readonly offset: number }) {
  const words = useWords();
  const locale = useLocale();
  const rows = board.interactions.toSorted((a, b) => b.lastAt - a.lastAt);
  return (
    <BoardTable
      id="board-open"
      title={words.board.open}
      count={rows.length}
      heads={[words.board.contact, words.board.agent, words.board.last, words.board.time]}
      none={words.board.noOpen}
    >
      {rows.map(({ id, contact, agent, lastText, lastAt }) => (
        <tr key={id}>
          <th scope="row">
            <ReadButton id={id} name={nameOr(contact, words.offers.unknown)} dispatch={dispatch} />
          </th>
          <td>
            {agent ? (
              <bdi>{nameOr(agent.name, agent.username)}</bdi>
            ) : (
              <span class="soft">{words.board.nobody}</span>
            )}
          </td>
          <td class="cut" dir="auto">
            {nameOr(lastText, '…')}
          </td>
          <td class="number">{momentText(lastAt - offset, Date.now(), locale)}</td>
        </tr>
      ))}
    </BoardTable>
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
