import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDesktop } from '../../../nodes/agent-desktop/desktop-config.ts';
import { readInteraction } from '../../../nodes/interaction/interaction-config.ts';
import { readScript } from '../../../nodes/script/script-config.ts';
import { readForward } from '../../../nodes/url-forward/forward-config.ts';
import { readAccount } from '../../../nodes/whatsapp-account/account-config.ts';
import { readOut } from '../../../nodes/whatsapp-out/out-config.ts';
import { planContent } from '../../../nodes/whatsapp-out/out-content.ts';
import { compile } from '../../../src/condition/compile.ts';
import { compilePattern } from '../../../src/condition/pattern.ts';
import { eventNames } from '../../../src/event/event.ts';
import { parseTemplate } from '../../../src/template/template.ts';
import { parseUrlTemplate } from '../../../src/template/url.ts';

interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly [property: string]: unknown;
}
interface Flow {
  readonly name: string;
  readonly nodes: readonly FlowNode[];
}

const root = join(import.meta.dirname, '../../..');
const folder = join(root, 'examples');
const examples = readdirSync(folder).map((file) => read(join(folder, file)));
const demo = read(join(root, 'scripts/start-flow.json'));

/** The properties that the public contract names, for each node type. */
const properties: Readonly<Record<string, string>> = {
  'whatsapp-in': 'account events delivery raw',
  'trigger-condition': 'enabled description variables all any',
  'url-forward':
    'method url eventData selected bodyFormat headers auth authHeader timeout retry allow responseVariables',
  'browser-popup': 'desktop template title content target agents repeat ttl',
  'cti-url': 'desktop url eventVariables location tabTitle width height target agents repeat ttl',
  script: 'scriptType info script timeout onFailure',
  'whatsapp-out': 'account to messageType text template language parameters mediaUrl caption',
  interaction: 'action agent variables reason',
  'whatsapp-account':
    'key provider accountId number path publicUrl apiUrl apiVersion closeAfter reopenWithin closeOnProvider queue store mapping',
  'whatsapp-queue': 'desktop strategy timeout agents',
  'agent-desktop': 'path agents frames origins store',
  'popup-template': 'title content sample',
  'trigger-variables': 'variables',
  'trigger-store': 'engine file retentionDays',
};
/** Node-RED's own; it saves the outputs of a node that can have more or fewer. */
const shared = new Set(['id', 'type', 'z', 'g', 'x', 'y', 'wires', 'name', 'outputs']);
const coreTypes = new Set(
  'tab,comment,group,debug,catch,change,function,template,http in,http response'.split(','),
);
/** Properties that hold the id of a config node of the type. */
const references: Readonly<Record<string, string>> = {
  account: 'whatsapp-account',
  variables: 'trigger-variables',
  desktop: 'agent-desktop',
  queue: 'whatsapp-queue',
  store: 'trigger-store',
};

/** What the nodes themselves would refuse at deploy. */
const checks: Readonly<Record<string, (node: FlowNode) => void>> = {
  'whatsapp-in': ({ events }) =>
    (events as string[]).forEach((name) =>
      assert.ok((eventNames as readonly string[]).includes(name)),
    ),
  'trigger-condition': ({ all, any }) =>
    assert.deepEqual(problemsOf(compile({ all, any }, compilePattern)), []),
  'url-forward': (node) => void readForward(node),
  'browser-popup': ({ title, content }) => [title, content].forEach(parse),
  'cti-url': ({ url, tabTitle }) => void [parseUrlTemplate(String(url)), parse(tabTitle)],
  'popup-template': ({ title, content }) => [title, content].forEach(parse),
  script: (node) => void readScript(node),
  'whatsapp-out': (node) => void planContent(readOut(node)),
  interaction: (node) => void readInteraction(node),
  'whatsapp-account': (node) => void readAccount(node.id, node),
  'agent-desktop': (node) => void readDesktop(node),
};

describe('the examples', () => {
  it('use every node type of the package', () => {
    const { 'node-red': declared } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    const used = new Set(examples.flatMap(({ nodes }) => nodes.map(({ type }) => type)));
    for (const type of Object.keys(declared.nodes)) assert.ok(used.has(type), `no ${type}`);
  });

  it('can all be imported beside each other: no id and no path twice', () => {
    const nodes = examples.flatMap((example) => example.nodes);
    assertUnique(nodes.map(({ id }) => id));
    for (const type of ['whatsapp-account', 'agent-desktop', 'http in']) {
      const own = nodes.filter((node) => node.type === type);
      assertUnique(
        own.map((node) => `${String(node['path'] ?? node['method'])} ${String(node['url'])}`),
      );
    }
  });

  it('hold no credential', () => {
    for (const { nodes } of examples) {
      for (const node of nodes) assert.ok(!('credentials' in node), node.id);
    }
  });

  for (const { name, nodes } of examples) {
    it(`"${name}" is a tab of its own with a comment that explains it`, () => {
      assert.equal(nodes.filter(({ type }) => type === 'tab').length, 1);
      const comment = nodes.find(({ type }) => type === 'comment');
      assert.ok(String(comment?.['info']).length > 200);
    });
  }

  for (const { name, nodes } of [...examples, demo]) {
    const byId = new Map(nodes.map((node) => [node.id, node]));

    it(`"${name}" has only core nodes and ours, with properties of the contract`, () => {
      for (const node of nodes) {
        const own = properties[node.type]?.split(' ');
        if (!own) assert.ok(coreTypes.has(node.type), `${node.type} is not a core node`);
        else
          for (const key of Object.keys(node)) assert.ok(shared.has(key) || own.includes(key), key);
      }
    });

    it(`"${name}" refers to nothing that is not in it`, () => {
      for (const node of nodes) {
        const wires = (node['wires'] ?? []) as readonly string[][];
        for (const id of wires.flat()) assert.ok(byId.has(id), `a wire of ${node.id} ends nowhere`);
        if (!(node.type in properties)) continue;
        for (const [property, type] of Object.entries(references)) {
          const id = node[property];
          if (typeof id === 'string' && id) assert.equal(byId.get(id)?.type, type, property);
        }
      }
    });

    it(`"${name}" is accepted by every node at deploy`, () => {
      for (const node of nodes) checks[node.type]?.(node);
    });
  }
});

function read(file: string): Flow {
  const name = file.replace(/^.*[\\/]/, '').replace(/\.json$/, '');
  return { name, nodes: JSON.parse(readFileSync(file, 'utf8')) as FlowNode[] };
}

function parse(text: unknown): void {
  if (text !== undefined) parseTemplate(text as string);
}

function problemsOf(compiled: ReturnType<typeof compile>): readonly unknown[] {
  return compiled.ok ? [] : compiled.problems;
}

function assertUnique(values: readonly string[]): void {
  assert.deepEqual(
    values.filter((value, index) => values.indexOf(value) !== index),
    [],
  );
}
