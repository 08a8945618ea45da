/** The most that Meta puts into one request: for how long does nothing else run in Node-RED? */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { change, headers, message, text, wamid, webhook } from '../test/fixtures/meta.ts';
import { numberOf, path, startForwarding } from './flow.ts';
import { phoneOf, textOf } from './message.ts';
import { median, startPeer, usageOf, word } from './peer.ts';
import { atMost, plain, print } from './table.ts';

const updates = 1_000;
const rounds = 7;
/** The first ones pay for what is compiled and opened then. */
const warmUps = 2;

export async function answerBatches(): Promise<void> {
  const sink = startPeer('sink.ts');
  const nodeRed = await startForwarding(await word<string[]>(sink, 'urls'));
  const answers: number[] = [];
  const longest: number[] = [];
  const longestAfter: number[] = [];
  for (let round = -warmUps; round < rounds; round += 1) {
    const body = batch();
    const reached = word<object>(sink, 'reached');
    sink.send({ expect: updates });
    await usageOf(nodeRed.process, 'watch');
    const began = performance.now();
    await post(`${nodeRed.url}${path}`, body);
    const took = performance.now() - began;
    const answered = await usageOf(nodeRed.process);
    await reached;
    const through = await usageOf(nodeRed.process);
    if (round < 0) continue;
    answers.push(took);
    longest.push(answered.longest);
    longestAfter.push(through.longest);
  }
  print(
    `(h) ${rounds} requests of ${updates.toLocaleString('en')} messages each, every one forwarded`,
    [
      atMost('event loop at its latest, until the answer', Math.max(...longest), 50, 'ms'),
      plain('until all is forwarded', Math.max(...longestAfter), 'ms'),
      plain('answer, median', median(answers), 'ms'),
      plain('answer, slowest', Math.max(...answers), 'ms'),
    ],
  );
  await nodeRed.remove();
  sink.kill();
}

function batch(): Buffer<ArrayBuffer> {
  const messages = Array.from({ length: updates }, (_, index) =>
    message(text(textOf(index)), { waId: phoneOf(index), name: 'Müller' }, wamid()),
  );
  return webhook([change({ messages, people: [], number: numberOf(0) })]);
}

async function post(url: string, body: Buffer): Promise<void> {
  const sending = request(url, { method: 'POST', headers: headers(body) }).end(body);
  const [answer] = (await once(sending, 'response')) as [IncomingMessage];
  answer.resume();
  if (answer.statusCode !== 200) throw new Error(`It was answered with ${answer.statusCode}.`);
}
