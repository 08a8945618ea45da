import type { Node } from 'node-red';
import type { DoorNews } from '../../src/desktop/server/access.ts';
import type { Meters } from '../../src/trace/meters.ts';

const linesPerMinute = 20;

/**
 * Writes to Node-RED's log who came in, who left and who was refused, and counts it. A flood of guesses
 * must not flood the log: beyond so many lines a minute only their number is told.
 */
export function createDoorLog(
  node: Pick<Node, 'id' | 'name' | 'log' | 'warn'>,
  meters: Pick<Meters, 'logins'>,
  now: () => number,
): (news: DoorNews) => void {
  let minute = 0;
  let lines = 0;
  let untold = 0;

  function turnTo(current: number): void {
    if (current === minute) return;
    if (untold > 0) node.warn(`${untold} more logins were refused in the minute before.`);
    minute = current;
    lines = 0;
    untold = 0;
  }

  return (news) => {
    meters.logins.add(1, node.id, node.name ?? '', news.way, news.what);
    turnTo(Math.floor(now() / 60_000));
    const isFine = news.what === 'loggedIn' || news.what === 'loggedOut';
    if (isFine && news.reason === undefined) return node.log(tell(news));
    lines += 1;
    if (lines > linesPerMinute) untold += 1;
    else node.warn(tell(news));
  };
}

const deeds = {
  loggedIn: 'logged in',
  loggedOut: 'logged out',
  refused: 'was refused',
  blocked: 'has to wait after too many tries',
} as const;

const ways = {
  password: 'with a password',
  token: 'with a token',
  header: 'by the proxy',
} as const;

/** What somebody merely typed is never repeated: often enough it is a password in the wrong field. */
function tell({ what, way, username, address, reason }: DoorNews): string {
  const who = username === undefined ? 'Somebody' : `Agent ${JSON.stringify(username)}`;
  const why = reason === undefined ? '' : `: ${reason}`;
  return `${who} (${ways[way]}, from ${JSON.stringify(address)}) ${deeds[what]}${why}.`;
}
