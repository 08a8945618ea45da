/** Posts signed messages, each with an id of its own, over a fixed number of kept connections. */
import { Agent, request } from 'node:http';
import { headers, textWebhook } from '../test/fixtures/meta.ts';

export interface Round {
  readonly url: string;
  readonly count: number;
  readonly connections: number;
}

const people = 500;

process.on('message', (round: Round) => {
  const requests = Array.from({ length: round.count }, (_, index) => signed(index));
  const agent = new Agent({ keepAlive: true, maxSockets: round.connections });
  const start = performance.now();
  let next = 0;
  let refused = 0;
  const worker = async () => {
    for (let mine = next++; mine < requests.length; mine = next++) {
      const sent = requests[mine];
      if (sent && (await post(agent, round.url, sent)) !== 200) refused += 1;
    }
  };
  Promise.all(Array.from({ length: round.connections }, worker)).then(
    () => {
      agent.destroy();
      process.send?.({ loaded: { seconds: (performance.now() - start) / 1000, refused } });
    },
    (error: unknown) => {
      throw error;
    },
  );
});

interface Signed {
  readonly body: Buffer;
  readonly headers: Record<string, string>;
}

function signed(index: number): Signed {
  const waId = String(393_330_000_000 + (index % people));
  const body = textWebhook(`Ordine ${index}: perché non è arrivato? 📦`, { waId, name: 'Müller' });
  return { body, headers: { ...headers(body), 'content-length': String(body.length) } };
}

function post(agent: Agent, url: string, sent: Signed): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent, headers: sent.headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
    });
    outgoing.once('error', reject);
    outgoing.end(sent.body);
  });
}
