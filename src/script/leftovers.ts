import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { endTree, marksInUse } from './process-tree.ts';

/** No variable of a message can have this name: those begin with `WA_`. */
export const ownerVariable = 'WHATSAPP_TRIGGERS_OWNER';

/** Names a Node-RED process by its user directory and by what no later process can have the same of. */
export function ownerMark(userDirectory: string): string {
  return `${directoryMark(userDirectory)}${process.pid}.${startOf(process.pid)}`;
}

/**
 * Ends what the scripts of earlier Node-REDs of this user directory left running, where Node-RED and
 * the process that started them ended at once and nobody could. Linux only: elsewhere nobody can tell.
 */
export async function endLeftovers(userDirectory: string): Promise<void> {
  const prefix = `${ownerVariable}=${directoryMark(userDirectory)}`;
  const marks = marksInUse(prefix).filter((mark) => {
    const [pid = '', start = ''] = mark.slice(prefix.length).split('.');
    return startOf(Number(pid)) !== start;
  });
  if (marks.length > 0) await endTree({ marks });
}

function directoryMark(userDirectory: string): string {
  return `${createHash('sha256').update(userDirectory).digest('hex').slice(0, 16)}.`;
}

/**
 * When a running process was started, in ticks since the system was, as process ids are used again.
 * One that nobody has collected yet (a zombie) is gone all the same.
 */
function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? 'gone' : (fields[19] ?? '');
  } catch {
    return 'gone';
  }
}
