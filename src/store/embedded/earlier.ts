import type { ConversationMessage, EarlierInteraction, SaidIn } from '../conversations.ts';
import { conversation, messageBySeq } from './messages.ts';
import type { Sql } from './sql.ts';

interface Row {
  readonly id: string;
  readonly opened_at: number;
  readonly closed_at: number;
  readonly reason: string | null;
  readonly agent: string | null;
  readonly agent_name: string | null;
  readonly queue_name: string;
}

/** What is over, of the contact of an open interaction, on the same account and in the same group or none. */
const earlierOnes = `interactions AS open JOIN interactions AS earlier
  ON earlier.account = open.account AND earlier.contact = open.contact
    AND earlier.group_id = open.group_id AND earlier.open = 0 AND earlier.queue IS NOT NULL
  WHERE open.id = ? AND open.open = 1`;

export function earlierInteractions(
  sql: Sql,
  interactionId: string,
  limit: number,
): EarlierInteraction[] {
  return sql
    .all<Row>(
      `SELECT earlier.id, earlier.opened_at, earlier.closed_at, earlier.reason, earlier.agent,
         earlier.agent_name, earlier.queue_name
       FROM ${earlierOnes} ORDER BY earlier.opened_at DESC LIMIT ?`,
      interactionId,
      limit,
    )
    .map((row) => {
      const [last] = conversation(sql, row.id, undefined, 1);
      return {
        id: row.id,
        openedAt: row.opened_at,
        closedAt: row.closed_at,
        reason: row.reason ?? '',
        queue: row.queue_name,
        ...(row.agent === null
          ? {}
          : { agent: { username: row.agent, name: row.agent_name ?? row.agent } }),
        ...(last ? { last } : {}),
      };
    });
}

export function earlierConversation(
  sql: Sql,
  interactionId: string,
  earlierId: string,
  before: number | undefined,
  limit: number,
): ConversationMessage[] | undefined {
  const isEarlier = belongs(sql, interactionId, earlierId);
  return isEarlier ? conversation(sql, earlierId, before, limit) : undefined;
}

export function saidIn(sql: Sql, interactionId: string, seq: number): SaidIn | undefined {
  const found = messageBySeq(sql, seq);
  if (!found) return undefined;
  const { interaction, account, message } = found;
  const isOwn = interaction === interactionId || belongs(sql, interactionId, interaction);
  return isOwn ? { account, message } : undefined;
}

function belongs(sql: Sql, interactionId: string, earlierId: string): boolean {
  const text = `SELECT 1 FROM ${earlierOnes} AND earlier.id = ?`;
  return sql.get(text, interactionId, earlierId) !== undefined;
}
