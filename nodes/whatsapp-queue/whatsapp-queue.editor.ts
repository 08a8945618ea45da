import { agentsOf } from '../shared/desktop-agents.editor.ts';
import { check } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { keepSavedChoice, openForm, saveNumbers } from '../shared/form.editor.ts';
import { type Lines, makeLines } from '../shared/lines.editor.ts';
import { wholeNumber } from '../shared/rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';

const say = sayFor('whatsapp-queue');
let agents: Lines;

RED.nodes.registerType('whatsapp-queue', {
  category: 'config',
  color: '#A9CDB8',
  icon: 'whatsapp-queue.svg',
  paletteLabel: 'whatsapp queue',
  defaults: {
    version: { value: 1 },
    name: { value: '' },
    desktop: { value: '', type: 'agent-desktop', required: true, label: say('label.desktop') },
    strategy: { value: 'everyone' },
    timeout: {
      value: 30,
      validate: check(say, wholeNumber(1, 86400)),
      label: say('label.timeout'),
    },
    agents: { value: [] },
  },
  label() {
    return this.name || say('label.plain');
  },
  oneditprepare() {
    const form = openForm(this);
    const saved = textOf(this['strategy']);
    keepSavedChoice(form, 'strategy', saved, say('choice.unknown', { value: saved }));
    agents = makeLines({
      list: 'whatsapp-queue-agents',
      label: say('label.agents'),
      addLabel: say('rows.agent'),
      say,
      column: { label: say('label.agent'), suggestions: agentsOf(this['desktop']) },
      entries: this['agents'],
    });
  },
  oneditsave() {
    this['agents'] = agents.read();
    saveNumbers(this, ['timeout']);
  },
});

fillDefaults('whatsapp-queue');
