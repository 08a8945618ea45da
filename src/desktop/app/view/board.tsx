import type { BoardView } from '../../protocol.ts';
import { clockText, secondsSince } from '../model/countdown.ts';
import type { DesktopState } from '../model/state.ts';
import type { Dispatch } from '../store.ts';
import { BoardAgents, BoardShown } from './board-agents.tsx';
import { BoardOpen, BoardWaiting } from './board-work.tsx';
import { useSeconds } from './use-seconds.ts';
import { useWords } from './use-words.ts';

interface Props {
  readonly state: DesktopState;
  readonly dispatch: Dispatch;
}

/** Who is ready, what waits, who talks with whom, and what was shown to whom. */
export function Board({ state, dispatch }: Props) {
  const words = useWords().board;
  const { board } = state;
  const now = useSeconds(true) + state.clockOffset;
  return (
    <section class="board" aria-label={words.title}>
      {board ? (
        <>
          <Tiles board={board} now={now} />
          <div class="board-grid">
            <div class="board-column">
              <BoardWaiting board={board} now={now} dispatch={dispatch} />
              <BoardOpen board={board} offset={state.clockOffset} dispatch={dispatch} />
            </div>
            <div class="board-column">
              <BoardAgents board={board} now={now} offset={state.clockOffset} />
              <BoardShown board={board} offset={state.clockOffset} />
            </div>
          </div>
        </>
      ) : (
        <p class="empty">{words.loading}</p>
      )}
    </section>
  );
}

function Tiles({ board, now }: { readonly board: BoardView; readonly now: number }) {
  const words = useWords().board;
  const connected = board.agents.filter((agent) => agent.connected);
  const ready = connected.filter(({ status }) => status === 'ready').length;
  const longest = Math.min(...board.waiting.map(({ since }) => since));
  const waits = board.waitingCount > 0;
  return (
    <dl class="tiles">
      <Tile name={words.ready} value={words.countOf(ready, connected.length)} />
      <Tile
        name={words.waiting}
        value={String(board.waitingCount)}
        note={waits ? words.longest(clockText(secondsSince(longest, now))) : undefined}
        alert={waits && ready === 0}
      />
      <Tile name={words.openShort} value={String(board.openCount)} />
    </dl>
  );
}

interface TileProps {
  readonly name: string;
  readonly value: string;
  readonly note?: string | undefined;
  readonly alert?: boolean;
}

function Tile({ name, value, note, alert }: TileProps) {
  return (
    <div class={alert ? 'tile late' : 'tile'}>
      <dt>{name}</dt>
      <dd>
        {value} {note && <small>{note}</small>}
      </dd>
    </div>
  );
}
