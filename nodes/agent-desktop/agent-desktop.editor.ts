import { addCopyButton, nodeAddress } from '../shared/address.editor.ts';
import { makeAgentRows } from '../shared/agent-rows.editor.ts';
import {
  type AgentRow,
  agentRows,
  isUserName,
  userName,
  writePasswords,
} from '../shared/agents.editor.ts';
import { check, checkEach, withLabel } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { openForm } from '../shared/form.editor.ts';
import { makeLines } from '../shared/lines.editor.ts';
import type { Rows } from '../shared/rows.editor.ts';
import { frameHost, origin, pagePath } from '../shared/rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';

const say = sayFor('agent-desktop');
const passwordsId = '#node-config-input-passwords';

let agents: Rows<AgentRow>;
let lists: Readonly<Record<'frames' | 'origins', { read(): string[] }>>;

RED.nodes.registerType('agent-desktop', {
  category: 'config',
  color: '#A9CDB8',
  icon: 'agent-desktop.svg',
  paletteLabel: 'agent desktop',
  defaults: {
    name: { value: '' },
    path: { value: 'desktop', validate: check(say, pagePath), label: say('label.path') },
    agents: { value: [], validate: checkAgentList(), label: say('label.agents') },
    frames: { value: [], validate: checkEach(say, frameHost), label: say('label.frames') },
    origins: { value: [], validate: checkEach(say, origin), label: say('label.origins') },
    store: { value: '', type: 'trigger-store', required: false },
  },
  credentials: { passwords: { type: 'text' } },
  label() {
    return this.name || `/${textOf(this['path'])}`;
  },
  oneditprepare() {
    const form = openForm(this);
    const address = $('#agent-desktop-address');
    addCopyButton(address, say('label.copy'));
    form.follow(['path'], () => {
      const url = nodeAddress(`${form.value('path').trim() || 'desktop'}/`);
      address.attr('href', url).text(url);
    });
    openAgents(this);
    lists = { frames: makeHosts(this, 'frames'), origins: makeHosts(this, 'origins') };
  },
  oneditsave() {
    this['agents'] = agents.read().map(({ username, name, role }) => ({ username, name, role }));
    $(passwordsId).val(writePasswords(agents.read()));
    for (const [property, list] of Object.entries(lists)) this[property] = list.read();
  },
});

fillDefaults('agent-desktop');

function openAgents(node: EditorNode): void {
  const rows = makeAgentRows({
    list: 'agent-desktop-agents',
    say,
    check: (entries) => checkAgentList().call(node, entries, {}),
    rows: agentRows(node['agents'], node.credentials?.['passwords']),
    hashed: () => {
      if (RED.editor.getEditStack().includes(node)) return;
      // The form was closed while the server was still hashing.
      node.credentials = { ...node.credentials, passwords: writePasswords(rows.read()) };
      node.changed = true;
      RED.nodes.dirty(true);
    },
  });
  agents = rows;
}

function makeHosts(node: EditorNode, property: 'frames' | 'origins') {
  const isFrames = property === 'frames';
  return makeLines({
    list: `agent-desktop-${property}`,
    label: say(`label.${property}`),
    addLabel: say(`rows.${property}`),
    say,
    column: {
      label: say(`column.${property}`),
      rule: isFrames ? frameHost : origin,
      placeholder: isFrames ? 'crm.example.com' : 'https://agents.example.com',
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
