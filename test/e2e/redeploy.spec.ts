import assert from 'node:assert/strict';
import { once } from 'node:events';
import { join } from 'node:path';
import { textWebhook } from '../fixtures/meta.ts';
import '../support/e2e.ts';
import { lines, type NodeRed, startNodeRed } from '../support/node-red-process.ts';
import { useScriptFolder } from '../support/scripts.ts';
import type { Tally } from '../support/tally.ts';
import { postWebhook } from '../support/webhook.ts';
import { everyNode, webhook } from './redeploy-flow.ts';

const deploys = 200;
/** Until then, whatever is loaded or compiled at first use has been. */
const settled = 20;

for (const line of lines) {
  describe(`A flow of every node, on Node-RED ${line}`, () => {
    const folder = useScriptFolder();
    let nodeRed: NodeRed;
    afterEach(() => nodeRed?.remove());

    it(`leaves memory, handles, routes and listeners flat when it is deployed ${deploys} times`, async function () {
      this.timeout(300_000);
      const places = {
        script: await folder.write('hello.sh', 'echo hello'),
        store: join(folder.outside, 'store.sqlite'),
      };
      nodeRed = await startNodeRed({
        line,
        preload: join(import.meta.dirname, '../support/tally.ts'),
        settings: { whatsappTriggers: { scripts: { folders: [folder.path] } } },
      });
      await nodeRed.deploy(everyNode(places, 'same'));
      const answer = await postWebhook(nodeRed.url + webhook, textWebhook('urgent'));
      assert.equal(answer.status, 200);

      let before: Tally | undefined;
      for (let count = 1; count <= deploys; count += 1) {
        // Every other time, all nodes are new ones to Node-RED.
        await nodeRed.deploy(everyNode(places, count % 2 === 0 ? 'same' : `mark${count}`));
        if (count === settled) before = await tally();
      }
      assert.ok(before);
      const { heap, objects, ...rest } = await tally();
      const { heap: heapBefore, objects: objectsBefore, ...restBefore } = before;
      assert.deepEqual(rest, restBefore);
      assert.deepEqual(rest.warnings, []);
      const more = objects - objectsBefore;
      assert.ok(more < 2 * (deploys - settled), `${more} more objects`);
      assert.ok(heap - heapBefore < 2 ** 21, `${heap - heapBefore} more bytes`);
      assert.doesNotMatch(nodeRed.log, /\[error\]/);
    });

    async function tally(): Promise<Tally> {
      const told = once(nodeRed.process, 'message');
      nodeRed.process.send('count');
      return (await told)[0] as Tally;
    }
  });
}
