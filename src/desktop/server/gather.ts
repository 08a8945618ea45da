/** Gathers what is asked within one turn of the event loop into one question; each gets its own answer. */
export function gather<Item, Answer>(
  ask: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer | undefined> {
  let round: { readonly items: Item[]; readonly answers: Promise<readonly Answer[]> } | undefined;

  function begin() {
    const items: Item[] = [];
    const asked = new Promise<void>((resolve) => setImmediate(resolve));
    const answers = asked.then(() => {
      round = undefined;
      return ask(items);
    });
    return { items, answers };
  }

  return async (item) => {
    const mine = (round ??= begin());
    const place = mine.items.push(item) - 1;
    return (await mine.answers)[place];
  };
}
