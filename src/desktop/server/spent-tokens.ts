/** Which sign-on tokens were used: each opens one session, or whoever overheard one could use it too. */
export interface SpentTokens {
  /** False when it was used before. It is forgotten after `until`, when it is too old anyway. */
  spend(id: string, until: number, now: number): boolean;
}

const mostKept = 20_000;

export function createSpentTokens(): SpentTokens {
  const spent = new Map<string, number>();
  return {
    spend(id, until, now) {
      for (const [known, end] of spent) {
        if (end >= now && spent.size < mostKept) break;
        spent.delete(known);
      }
      if (spent.has(id)) return false;
      spent.set(id, until);
      return true;
    },
  };
}
