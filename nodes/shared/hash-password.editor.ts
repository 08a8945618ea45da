/** The hash to keep of a password: the server makes it, and what was typed is kept nowhere. */
export async function requestHash(password: string): Promise<string> {
  return new Promise((resolve, reject) => {
    void $.ajax({
      url: 'whatsapp-triggers/agent-desktop/password',
      method: 'POST',
      contentType: 'application/json',
      data: JSON.stringify({ password }),
      success: (answer: { readonly hash: string }) => resolve(answer.hash),
      error: (answer) => {
        const said = answer.responseJSON as { readonly error?: string } | undefined;
        reject(said?.error ? new Error(said.error) : answer);
      },
    });
  });
}

/** One computation takes the server half a second and 128 MiB: more at once would not be faster. */
const atOnce = 2;

/** The hashes of many passwords, in their order; tells how many are done, until one has failed. */
export async function requestHashes(
  passwords: readonly string[],
  progress: (done: number) => void,
  request: (password: string) => Promise<string> = requestHash,
): Promise<string[]> {
  const hashes: string[] = [];
  let next = 0;
  let done = 0;
  let hasFailed = false;
  async function work(): Promise<void> {
    while (!hasFailed && next < passwords.length) {
      const index = next;
      next += 1;
      try {
        hashes[index] = await request(passwords[index] ?? '');
      } catch (error) {
        hasFailed = true;
        throw error;
      }
      done += 1;
      if (!hasFailed) progress(done);
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work));
  return hashes;
}
