/** What the trigger log costs: the same flow in two Node-REDs, one that keeps a log and one that does not. */
import { median, startPeer, word } from './peer.ts';
import { path, startForwarding } from './flow.ts';
import { type Contender, type Load, measure, type Peers, type Round } from './processor.ts';
import { atMost, plain, print } from './table.ts';

const rounds = 9;
const warmUps = 3;
/** As fast as each takes them. */
const atLimit = { count: 3000 };
/** Few enough that every event is written down. */
const atEase = { count: 240, rate: 80 };
const easyRounds = 3;

export async function compareLog(): Promise<void> {
  const sink = startPeer('sink.ts');
  const [sinkUrl = ''] = await word<string[]>(sink, 'urls');
  const load = startPeer('load.ts');
  const [off, on] = await Promise.all([
    startForwarding([sinkUrl], 'off'),
    startForwarding([sinkUrl], 'on'),
  ]);
  const contenders = [off, on].map(({ process, url }, at) => ({
    name: at === 0 ? 'without a log' : 'with a log',
    process,
    url: `${url}${path}`,
  }));
  const peers = { sink, load };
  const run = (times: number, load: Load) => several(times, contenders, load, peers);
  await run(warmUps, atLimit);
  const limits = await run(rounds, atLimit);
  const easy = await run(easyRounds, atEase);
  report(limits, easy);
  await off.remove();
  await on.remove();
  for (const peer of [sink, load]) peer.kill();
}

/** A round of each, one behind the other. */
type Pair = readonly [without: Round, logged: Round];

/** Who goes first takes turns: what the machine does beside this meets both. */
async function several(
  times: number,
  [off, on]: readonly Contender[],
  load: Load,
  peers: Peers,
): Promise<readonly Pair[]> {
  const pairs: Pair[] = [];
  while (pairs.length < times) {
    const isTurned = pairs.length % 2 === 1;
    const first = await measure(isTurned ? on! : off!, load, peers);
    const second = await measure(isTurned ? off! : on!, load, peers);
    pairs.push(isTurned ? [second, first] : [first, second]);
  }
  return pairs;
}

function report(limits: readonly Pair[], easy: readonly Pair[]): void {
  const rates = (at: 0 | 1): number => median(limits.map((pair) => pair[at].rate));
  const costs = (pairs: readonly Pair[], at: 0 | 1): number =>
    median(pairs.map((pair) => pair[at].cost));
  const slower = median(limits.map(([off, on]) => 100 * (1 - on.rate / off.rate)));
  const title =
    `(j) The trigger log: whatsapp-in, trigger-condition, url-forward; medians of ${rounds} ` +
    `interleaved rounds of ${atLimit.count} messages, as fast as they are taken`;
  print(title, [
    plain('without a log', rates(0), 'events/s', 0),
    plain('with a log', rates(1), 'events/s', 0),
    atMost('throughput lost', slower, 10, '%'),
    plain('without a log, processor time', costs(limits, 0), 'ms', 3),
    plain('with a log, processor time', costs(limits, 1), 'ms', 3),
    plain('at 80 a second, all kept: without', costs(easy, 0), 'ms', 3),
    plain('at 80 a second, all kept: with', costs(easy, 1), 'ms', 3),
  ]);
}
