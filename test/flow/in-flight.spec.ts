import assert from 'node:assert/strict';
import { setImmediate, setTimeout } from 'node:timers/promises';
import type { Node, NodeAPI } from 'node-red';
import { type Flights, followFlights, type Landing } from '../../src/inbox/in-flight.ts';
import {
  core,
  deploy,
  type FlowNode,
  messageHooks,
  nextInput,
  node,
  redeploy,
  useRuntime,
} from '../support/flow.ts';

/** A handler without `done`, as old nodes have it; one that never calls it; one that works later. */
function oddNodes(RED: NodeAPI): void {
  const odd = (type: string, bind: (node: Node) => void): void => {
    RED.nodes.registerType(type, function (this: Node, config: never) {
      RED.nodes.createNode(this, config);
      bind(this);
    });
  };
  odd('old', (self) => self.on('input', (msg) => self.send(msg)));
  odd('leak', (self) => self.on('input', (_msg, _send, _done) => undefined));
  odd('failing', (self) => self.on('input', (_msg, _send, done) => done(new Error('no'))));
}

const cores = [
  'function/10-function',
  'function/89-delay',
  'sequence/17-split',
  'sequence/19-batch',
  'common/60-link',
  'common/25-catch',
  'common/24-complete',
  'function/15-change',
].map(core);

describe('a flow has finished with an event', () => {
  useRuntime();
  let flights: Flights;
  beforeEach(() => {
    flights = followFlights(messageHooks());
  });
  afterEach(() => flights.stop());

  /** Deploys nodes behind a source; `go` sends a message and tells how and when it landed. */
  async function flow(nodes: readonly FlowNode[], first = 'a') {
    const source = { id: 'source', type: 'helper', z: 'tab', wires: [[first]] };
    const sink = { id: 'sink', type: 'helper', z: 'tab', wires: [] };
    const placed = nodes.map((one) => ('z' in one ? one : { ...one, z: 'tab' }));
    await deploy(
      [...cores, oddNodes],
      [{ id: 'tab', type: 'tab', label: 't' }, source, ...placed, sink],
    );
    return {
      go: (msg: object): Promise<Landing> => flights.fly(() => node('source')['send'](msg)),
    };
  }
  const wires = [['sink']];
  const func = (id: string, code: string, more: object = {}): FlowNode => ({
    id,
    type: 'function',
    func: code,
    outputs: 1,
    wires,
    ...more,
  });

  it('when it went through nodes with and without done', async () => {
    const { go } = await flow([
      func('a', 'return msg;', { wires: [['b', 'c']] }),
      { id: 'b', type: 'old', wires },
      { id: 'c', type: 'change', rules: [], wires },
    ]);
    assert.equal(await go({ payload: 1 }), 'finished');
  });

  it('at once when nothing is wired behind it', async () => {
    const { go } = await flow([{ id: 'b', type: 'old', wires }], 'nobody');
    assert.equal(await go({ payload: 1 }), 'finished');
  });

  it('only when a delay has let its message go', async () => {
    const { go } = await flow([
      {
        id: 'a',
        type: 'delay',
        pauseType: 'delay',
        timeout: '60',
        timeoutUnits: 'milliseconds',
        wires,
      },
    ]);
    let arrived = false;
    node('sink').on('input', () => {
      arrived = true;
    });
    assert.equal(await go({ payload: 1 }), 'finished');
    assert.ok(arrived);
  });

  it('only when asynchronous work in a function node is done', async () => {
    const { go } = await flow([
      func('a', "setTimeout(() => { node.send({payload: 'later'}); node.done(); }, 30);"),
    ]);
    const arrival = nextInput('sink');
    assert.equal(await go({ payload: 1 }), 'finished');
    assert.equal((await arrival)['payload'], 'later');
  });

  it('only when all parts of a split have gone their way', async () => {
    const { go } = await flow([
      { id: 'a', type: 'split', splt: '\\n', spltType: 'str', arraySplt: 1, wires: [['slow']] },
      func('slow', 'setTimeout(() => { node.send(msg); node.done(); }, 20 * msg.payload);'),
    ]);
    let parts = 0;
    node('sink').on('input', () => {
      parts += 1;
    });
    assert.equal(await go({ payload: [1, 2, 3] }), 'finished');
    assert.equal(parts, 3);
  });

  it('only when the join that holds its message has its others', async () => {
    const { go } = await flow([
      {
        id: 'a',
        type: 'join',
        mode: 'custom',
        build: 'array',
        count: '2',
        joinerType: 'str',
        wires,
      },
    ]);
    const first = go({ payload: 1 });
    assert.equal(await Promise.race([first, nextTurn()]), 'not yet');
    assert.equal(await go({ payload: 2 }), 'finished');
    assert.equal(await first, 'finished');
  });

  it('only when the batch that holds its message is full', async () => {
    const { go } = await flow([
      { id: 'a', type: 'batch', mode: 'count', count: 2, overlap: 0, wires },
    ]);
    const first = go({ payload: 1 });
    assert.equal(await Promise.race([first, nextTurn()]), 'not yet');
    assert.equal(await go({ payload: 2 }), 'finished');
    assert.equal(await first, 'finished');
  });

  it('when a link call has come back', async () => {
    const { go } = await flow([
      { id: 'a', type: 'link call', links: ['in'], linkType: 'static', timeout: '5', wires },
      { id: 'in', type: 'link in', links: [], wires: [['f']] },
      func('f', 'setTimeout(() => { node.send(msg); node.done(); }, 20);', { wires: [['out']] }),
      { id: 'out', type: 'link out', mode: 'return', links: [], wires: [] },
    ]);
    const arrival = nextInput('sink');
    assert.equal(await go({ payload: 1 }), 'finished');
    await arrival;
  });

  it('when it came out of a subflow', async () => {
    const { go } = await flow([
      { id: 'a', type: 'subflow:sub', wires },
      {
        id: 'sub',
        type: 'subflow',
        z: '',
        name: 'sub',
        in: [{ wires: [{ id: 'inner' }] }],
        out: [{ wires: [{ id: 'inner', port: 0 }] }],
      },
      {
        ...func('inner', 'setTimeout(() => { node.send(msg); node.done(); }, 20);', {
          wires: [[]],
        }),
        z: 'sub',
      },
    ]);
    const arrival = nextInput('sink');
    assert.equal(await go({ payload: 1 }), 'finished');
    await arrival;
  });

  it('after a Catch node and what is behind it have dealt with a failure', async () => {
    const { go } = await flow([
      { id: 'a', type: 'failing', wires: [] },
      { id: 'b', type: 'catch', scope: null, wires: [['f']] },
      func('f', 'setTimeout(() => { node.send(msg); node.done(); }, 20);'),
    ]);
    const arrival = nextInput('sink');
    assert.equal(await go({ payload: 1 }), 'finished');
    await arrival;
  });

  it('after a Complete node and what is behind it', async () => {
    const { go } = await flow([
      func('a', 'return msg;', { wires: [[]] }),
      { id: 'b', type: 'complete', scope: ['a'], wires: [['f']] },
      func('f', 'setTimeout(() => { node.send(msg); node.done(); }, 20);'),
    ]);
    const arrival = nextInput('sink');
    assert.equal(await go({ payload: 1 }), 'finished');
    await arrival;
  });

  it('not while a node keeps it for ever: that node is named, and others go on', async () => {
    const { go } = await flow([
      func('a', 'return msg.leak ? [msg, null] : [null, msg];', {
        outputs: 2,
        wires: [['l'], ['sink']],
      }),
      { id: 'l', type: 'leak', name: 'Leaky', wires: [] },
    ]);
    const kept = go({ leak: true });
    assert.equal(await go({ payload: 1 }), 'finished');
    assert.equal(flights.size, 1);
    const holders = [...flights.letGo(-1)];
    assert.deepEqual(
      holders.map(([{ name }, events]) => [name, events]),
      [['Leaky', 1]],
    );
    assert.equal(await kept, 'let go');
    assert.equal(flights.size, 0);
  });

  it('is told lost when a deploy stopped the node that held it', async () => {
    const delay = {
      id: 'a',
      type: 'delay',
      z: 'tab',
      pauseType: 'delay',
      timeout: '60',
      timeoutUnits: 'seconds',
      wires,
    };
    const { go } = await flow([delay]);
    const held = go({ payload: 1 });
    await nextTurn();
    flights.hold();
    await redeploy([
      { id: 'tab', type: 'tab', label: 't' },
      { id: 'source', type: 'helper', z: 'tab', wires: [['a']] },
      { ...delay, timeout: '61' },
      { id: 'sink', type: 'helper', z: 'tab', wires: [] },
    ]);
    flights.land();
    assert.equal(await held, 'lost');
  });

  describe('while nodes are being stopped', () => {
    /** As a flow stops a node: out of its list first, then closed. */
    async function stopNode(id: string): Promise<void> {
      const stopped = node(id);
      delete stopped['_flow'].activeNodes[id];
      await stopped['close']();
    }
    const slow = func('a', 'setTimeout(() => { node.send(msg); node.done(); }, 20);');

    it('is told finished of what went through nodes that run on', async () => {
      const { go } = await flow([slow]);
      flights.hold();
      assert.equal(await go({ payload: 1 }), 'finished');
      flights.land();
    });

    it('is told lost when a message was sent to a node that is stopped', async () => {
      const { go } = await flow([slow]);
      const flight = go({ payload: 1 });
      flights.hold();
      await stopNode('sink');
      assert.equal(await Promise.race([flight, nextTurn()]), 'not yet');
      await setTimeout(30);
      flights.land();
      assert.equal(await flight, 'lost');
    });

    for (const [what, worker, hearer] of [
      ['the Catch node of one that failed', { type: 'failing' }, { type: 'catch', scope: null }],
      ['a Complete node of one that is done', { type: 'old' }, { type: 'complete', scope: ['a'] }],
    ] as const) {
      it(`is told lost when ${what} is stopped`, async () => {
        const { go } = await flow([
          { id: 'a', ...worker, wires: [] },
          { id: 'b', ...hearer, wires },
        ]);
        flights.hold();
        await stopNode('b');
        const flight = go({ payload: 1 });
        await nextTurn();
        flights.land();
        assert.equal(await flight, 'lost');
      });
    }
  });

  it('is not told of messages that have nothing to do with it', async () => {
    const { go } = await flow([{ id: 'a', type: 'leak', wires: [] }]);
    node('a').receive({ payload: 'from elsewhere' });
    const held = go({ payload: 1 });
    node('sink').receive({ payload: 'from elsewhere' });
    assert.equal(await Promise.race([held, nextTurn()]), 'not yet');
  });
});

/** Long enough for every message that nobody holds to have gone through. */
async function nextTurn(): Promise<'not yet'> {
  for (let turn = 0; turn < 50; turn++) await setImmediate();
  return 'not yet';
}
