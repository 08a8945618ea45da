/** Fifty ways in which the files of a store come to harm. */

export interface Files {
  main: Buffer | undefined;
  log: Buffer | undefined;
  mark: Buffer | undefined;
}

export interface Damage {
  readonly name: string;
  do(files: Files, older: Files): void;
}

const page = 4096;
const logHeader = 32;
const frame = page + 24;

const named = (name: string, act: Damage['do']): Damage => ({ name, do: act });

/** The low bit turns 1 into 0 and "a" into "`": the least that can happen to a byte, and the hardest to see. */
function flip(bytes: Buffer | undefined, at: number, mask = 0x01): void {
  if (!bytes) return;
  const place = at < 0 ? bytes.length + at : at;
  bytes[place] = bytes[place]! ^ mask;
}

const flipped = (part: 'main' | 'log', at: number, mask?: number): Damage =>
  named(`byte ${at} of the ${part} flipped`, (files) => flip(files[part], at, mask));

const cut = (part: 'main' | 'log', to: (length: number) => number, name: string): Damage =>
  named(`${part} cut off ${name}`, (files) => {
    const bytes = files[part];
    if (bytes) files[part] = bytes.subarray(0, to(bytes.length));
  });

/** Changes the words of every nth event that the file holds; nothing else of it is touched. */
const words = (part: 'main' | 'log', nth: number): Damage =>
  named(`the words of every ${nth}th event in the ${part} changed`, (files) => {
    const bytes = files[part];
    if (!bytes) return;
    let found = 0;
    for (let at = 0; (at = bytes.indexOf('"text":"', at)) >= 0; at += 9) {
      if (found++ % nth === 0) flip(bytes, at + 9);
    }
  });

const pages = (numbers: readonly number[]): Damage[] =>
  numbers.flatMap((number) => {
    const start = number * page;
    return [
      flipped('main', start + 1, 0xff),
      flipped('main', start + 4),
      flipped('main', start + 2000, 0x20),
      named(`page ${number} zeroed`, ({ main }) => main?.fill(0, start, start + page)),
    ];
  });

export const damages: readonly Damage[] = [
  named('main empty', (files) => {
    files.main = Buffer.alloc(0);
  }),
  named('main missing', (files) => {
    files.main = undefined;
  }),
  named('main of another kind', (files) => {
    files.main = Buffer.from('not a database, but long enough to look at '.repeat(200));
  }),
  named('main as it was earlier', (files, older) => {
    files.main = older.main;
  }),
  named('main as it was earlier, without a log', (files, older) => {
    files.main = older.main;
    files.log = undefined;
  }),
  named('all as it was earlier but the mark', (files, older) => {
    files.main = older.main;
    files.log = older.log;
  }),
  cut('main', (length) => length - 1, 'by a byte'),
  cut('main', (length) => length - page, 'by a page'),
  cut('main', (length) => length / 2, 'in the middle'),
  cut('main', () => page, 'after its first page'),
  cut('main', () => 50, 'in its header'),
  named('pages 3 and 7 of the main swapped', ({ main }) => {
    if (!main) return;
    const third = Buffer.from(main.subarray(3 * page, 4 * page));
    main.copy(main, 3 * page, 7 * page, 8 * page);
    third.copy(main, 7 * page);
  }),
  ...[0, 17, 18, 19, 20, 21, 31, 35, 39, 43, 47, 59, 63, 67, 71].map((at) => flipped('main', at)),
  ...pages([1, 5, 11, 20]),
  words('main', 1),
  words('main', 7),
  named('log missing', (files) => {
    files.log = undefined;
  }),
  named('log empty', (files) => {
    files.log = Buffer.alloc(0);
  }),
  named('log and mark missing', (files) => {
    files.log = undefined;
    files.mark = undefined;
  }),
  named('log as it was earlier', (files, older) => {
    files.log = older.log;
  }),
  cut('log', (length) => length - 1, 'by a byte'),
  cut('log', (length) => length - frame, 'by a frame'),
  cut('log', (length) => length / 2, 'in the middle'),
  cut('log', () => logHeader, 'after its header'),
  ...[0, 8, 16, 24].map((at) => flipped('log', at)),
  flipped('log', logHeader + 2),
  flipped('log', logHeader + 24 + 2000),
  flipped('log', logHeader + 10 * frame + 9),
  flipped('log', -1),
  flipped('log', -frame + 5),
  words('log', 1),
  words('log', 9),
  named('mark missing', (files) => {
    files.mark = undefined;
  }),
  named('mark flipped', ({ mark }) => flip(mark, 15)),
];
