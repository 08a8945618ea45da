/** So many events go out in one turn of the event loop: with what nodes do at once, a few milliseconds. */
const perTurn = 32;

/**
 * Holds back, in their order, those who come while it is shut; a crowd it lets through over several
 * turns of the event loop.
 */
export interface Gate {
  readonly isShut: boolean;
  shut(): void;
  open(): void;
  /** Undefined = go on at once. */
  pass(): Promise<void> | undefined;
}

export function createGate(): Gate {
  const waiting: (() => void)[] = [];
  let isShut = false;
  let passed = 0;
  let turning = false;

  const turn = (): void => {
    turning = false;
    const next = isShut ? [] : waiting.splice(0, perTurn);
    passed = next.length;
    if (passed > 0) arm();
    next.forEach((go) => go());
  };
  const arm = (): void => {
    if (!turning) setImmediate(turn);
    turning = true;
  };

  return {
    get isShut() {
      return isShut;
    },
    shut: () => {
      isShut = true;
    },
    open: () => {
      isShut = false;
      arm();
    },
    pass: () => {
      if (!isShut) arm();
      if (isShut || waiting.length > 0 || passed >= perTurn) {
        return new Promise((resolve) => waiting.push(resolve));
      }
      passed += 1;
      return undefined;
    },
  };
}
