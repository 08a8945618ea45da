import { addCopyButton, nodeAddress } from '../shared/address.editor.ts';
import { makeAgentRows } from '../shared/agent-rows.editor.ts';
import { type ImportedAgent, mergeAgents } from '../shared/agents-csv.editor.ts';
import { makeAgentsImport } from '../shared/agents-import.editor.ts';
import {
  type AgentRow,
  agentRows,
  isUserName,
  userName,
  writePasswords,
} from '../shared/agents.editor.ts';
import { check, checkEach, withLabel } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import {
  currentValue,
  type Form,
  openForm,
  saveNumbers,
  showNumbers,
} from '../shared/form.editor.ts';
import { type Lines, makeLines } from '../shared/lines.editor.ts';
import type { ReplaceableRows } from '../shared/rows.editor.ts';
import { frameHost, origin, pagePath, wholeNumber } from '../shared/rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { proxyHeader, publicKey } from './sign-on-rules.editor.ts';

const say = sayFor('agent-desktop');
const passwordsId = '#node-config-input-passwords';
const numbers = ['reofferAfter', 'trustedProxies'] as const;
const hostLists = ['frames', 'embedIn', 'origins'] as const;
type HostList = (typeof hostLists)[number];

let agents: ReplaceableRows<AgentRow>;
let visit: { outcome?: 'saved' | 'left' };
let lists: readonly (readonly [HostList, Lines])[];

const signsOnBy = (way: string) => (node: EditorNode) => currentValue(node, 'signOn') === way;

RED.nodes.registerType('agent-desktop', {
  category: 'config',
  color: '#A9CDB8',
  icon: 'agent-desktop.svg',
  paletteLabel: 'agent desktop',
  defaults: {
    version: { value: 1 },
    name: { value: '' },
    path: { value: 'desktop', validate: check(say, pagePath), label: say('label.path') },
    agents: { value: [], validate: checkAgentList(), label: say('label.agents') },
    frames: { value: [], validate: checkEach(say, frameHost), label: say('label.frames') },
    origins: { value: [], validate: checkEach(say, origin), label: say('label.origins') },
    embedIn: { value: [], validate: checkEach(say, origin), label: say('label.embedIn') },
    startAs: { value: 'ready' },
    reofferAfter: {
      value: 5,
      validate: check(say, wholeNumber(0, 1440)),
      label: say('label.reofferAfter'),
    },
    language: { value: 'auto' },
    signOn: { value: 'none' },
    jwtKey: {
      value: '',
      validate: check(say, publicKey, signsOnBy('jwt')),
      label: say('label.jwtKey'),
    },
    jwtIssuer: { value: '' },
    jwtAudience: { value: '' },
    trustedHeader: {
      value: '',
      validate: check(say, proxyHeader, signsOnBy('header')),
      label: say('label.trustedHeader'),
    },
    trustedProxies: { value: 0, validate: checkProxies, label: say('label.trustedProxies') },
    store: { value: '', type: 'trigger-store', required: false },
  },
  credentials: { passwords: { type: 'text' } },
  label() {
    return this.name || `/${textOf(this['path'])}`;
  },
  oneditprepare() {
    showNumbers(this, numbers);
    const form = openForm(this);
    const address = $('#agent-desktop-address');
    addCopyButton(address, say('label.copy'));
    form.follow(['path'], () => {
      const url = nodeAddress(`${form.value('path').trim() || 'desktop'}/`);
      address.attr('href', url).text(url);
    });
    openAgents(this);
    lists = hostLists.map((property) => [property, makeHosts(this, property)] as const);
    showTokenAddress(form);
    openWhatIsUsed(this, form);
  },
  oneditsave() {
    this['agents'] = savedAgents(agents.read());
    $(passwordsId).val(writePasswords(agents.read()));
    for (const [property, list] of lists) this[property] = list.read();
    saveNumbers(this, numbers);
    visit.outcome = 'saved';
  },
  oneditcancel() {
    visit.outcome = 'left';
  },
});

fillDefaults('agent-desktop');

function openAgents(node: EditorNode): void {
  const mine: typeof visit = {};
  visit = mine;
  // What the server was still hashing when the form was saved.
  let late: readonly ImportedAgent[] = [];
  const saveLate = (all: readonly AgentRow[]) => {
    node.credentials = { ...node.credentials, passwords: writePasswords(all) };
    node.changed = true;
    RED.nodes.dirty(true);
  };
  const rows = makeAgentRows({
    list: 'agent-desktop-agents',
    say,
    check: (entries) => checkAgentList().call(node, entries, {}),
    rows: agentRows(node['agents'], node.credentials?.['passwords']),
    hashed: () => {
      if (mine.outcome === 'saved') saveLate(mergeAgents(rows.read(), late));
    },
  });
  agents = rows;
  const place = document.getElementById('agent-desktop-import');
  if (!place) return;
  makeAgentsImport(place, rows, say, (imported) => {
    if (mine.outcome === 'saved') {
      late = imported;
      // A deploy takes the passwords out of the editor; this form still has them.
      const known = node.credentials?.['passwords'] ?? writePasswords(rows.read());
      const all = mergeAgents(agentRows(node['agents'], known), imported);
      node['agents'] = savedAgents(all);
      saveLate(all);
      const isOpenAgain = RED.editor.getEditStack().at(-1)?.id === node.id;
      if (visit !== mine && isOpenAgain) agents.replace(mergeAgents(agents.read(), imported));
    } else if (place.isConnected) {
      rows.replace(mergeAgents(rows.read(), imported));
    }
  });
}

/** The passwords' hashes are a credential. */
function savedAgents(rows: readonly AgentRow[]): object[] {
  return rows.map(({ username, name, role }) => ({ username, name, role }));
}

/** What the other site opens, with the token in the place where it goes. */
function showTokenAddress(form: Form): void {
  const place = $('#agent-desktop-token-address');
  form.follow(['path'], () => {
    place.text(`${nodeAddress(`${form.value('path').trim() || 'desktop'}/`)}#token=…`);
  });
}

/** What is set, or has to be, must not hide. */
function openWhatIsUsed(node: EditorNode, form: Form): void {
  const around = document.getElementById('agent-desktop-around') as HTMLDetailsElement | null;
  if (!around) return;
  const listed = [node['embedIn'], node['origins']].some((list) => Array.isArray(list) && list[0]);
  form.follow(['signOn', 'trustedProxies'], () => {
    const proxies = form.value('trustedProxies').trim();
    const used = listed || form.value('signOn') === 'header' || !['', '0'].includes(proxies);
    if (used) around.open = true;
  });
}

/** A header could be anybody's where no proxy is in front. */
function checkProxies(
  this: EditorNode,
  value: unknown,
  options: { readonly label?: string },
): true | string {
  const answer = check(say, wholeNumber(0, 10)).call(this, value, options);
  const needed = signsOnBy('header')(this) && Number(value) === 0;
  return answer === true && needed ? withLabel(say('reason.proxies'), options) : answer;
}

function makeHosts(node: EditorNode, property: HostList) {
  const isFrames = property === 'frames';
  return makeLines({
    list: `agent-desktop-${property}`,
    label: say(`label.${property}`),
    addLabel: say(`rows.${property}`),
    say,
    column: {
      label: say(`column.${property}`),
      rule: isFrames ? frameHost : origin,
      placeholder: isFrames ? 'crm.example.com' : 'https://crm.example.com',
    },
    entries: node[property],
  });
}

function checkAgentList(): EditorValidator {
  const each = checkEach<{ username?: unknown }>(say, ({ username }) => userName(username));
  return function validate(value, options) {
    const names = Array.isArray(value)
      ? (value as readonly { username?: unknown }[]).map(({ username }) => username)
      : [];
    const twice = names.find((name, index) => isUserName(name) && names.indexOf(name) !== index);
    return twice === undefined
      ? each.call(this, value, options)
      : withLabel(say('reason.twice', { username: textOf(twice) }), options);
  };
}
