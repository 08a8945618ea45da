/** Every message of the load is named by its contact and its place among the contact's messages. */
export interface Named {
  readonly contact: number;
  /** From 1 on. */
  readonly sequence: number;
}

export function messageId({ contact, sequence }: Named): string {
  return `wamid.crash-${contact}-${sequence}`;
}

export function readMessageId(id: string): Named {
  const [, contact, sequence] = /^wamid\.crash-(\d+)-(\d+)$/.exec(id) ?? [];
  if (contact === undefined || sequence === undefined) throw new Error(`${id} is none of ours.`);
  return { contact: Number(contact), sequence: Number(sequence) };
}
