import { object } from '../provider/read.ts';

/** What tells where a message comes from, as Node-RED and its `split` write it. */
interface Origin {
  readonly _msgid: string;
  readonly parts?: unknown;
}

/** What all messages of one event have in common, and those of the event that comes again have not. */
export function runOf({ _msgid, parts }: Origin): string {
  let run: unknown = _msgid;
  // A split gives each part an id of its own, and all of them the one of the split.
  for (let own = object(parts); own; own = object(own['parts'])) run = own['id'] ?? run;
  return String(run);
}
