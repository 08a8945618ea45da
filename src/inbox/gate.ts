/** Holds back, in their order, those who come while it is shut. */
export interface Gate {
  readonly isShut: boolean;
  shut(): void;
  open(): void;
  pass(): Promise<void>;
}

export function createGate(): Gate {
  let barrier: PromiseWithResolvers<void> | undefined;
  const gate: Gate = {
    get isShut() {
      return barrier !== undefined;
    },
    shut: () => {
      barrier ??= Promise.withResolvers();
    },
    open: () => {
      barrier?.resolve();
      barrier = undefined;
    },
    pass: async () => {
      await barrier?.promise;
      // It may have been shut again before those who waited went on.
      if (barrier) await gate.pass();
    },
  };
  return gate;
}
