import { eventNames } from '../../src/event/event.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { openForm } from '../shared/form.editor.ts';
import { configName, labelStyle } from '../shared/labels.editor.ts';
import { make } from '../shared/make.editor.ts';
import { followPort } from '../shared/port.editor.ts';
import { sayFor } from '../shared/say.editor.ts';

const say = sayFor('whatsapp-in');

RED.nodes.registerType('whatsapp-in', {
  category: 'whatsapp triggers',
  color: '#A9CDB8',
  icon: 'whatsapp-in.svg',
  paletteLabel: 'whatsapp in',
  inputs: 0,
  outputs: 2,
  defaults: {
    version: { value: 2 },
    name: { value: '' },
    account: { value: '', type: 'whatsapp-account', required: false },
    events: { value: [] },
    delivery: { value: false },
    raw: { value: false },
    outputs: { value: 1 },
  },
  label() {
    const account = configName(this['account']);
    return this.name || (account ? say('label.of', { account }) : 'whatsapp in');
  },
  labelStyle,
  outputLabels(port) {
    return say(port === 0 ? 'port.events' : 'port.delivery');
  },
  oneditprepare() {
    const form = openForm(this);
    showEvents(Array.isArray(this['events']) ? this['events'] : []);
    followPort(form, 'delivery');
  },
  oneditsave() {
    const ticked = tickedEvents();
    // An empty list is every event, also those that a later version may add.
    this['events'] = ticked.length === eventNames.length ? [] : ticked;
  },
});

fillDefaults('whatsapp-in');

function showEvents(saved: readonly unknown[]): void {
  const place = $('#whatsapp-in-events');
  for (const name of eventNames) {
    const box = make('input', { type: 'checkbox', value: name });
    box.checked = saved.length === 0 || saved.includes(name);
    place.append(make('label', { class: 'wa-check' }, box, eventTitle(name)));
  }
  place.on('change', showSum);
  showSum();
}

function eventTitle(name: (typeof eventNames)[number]): string {
  return say(`event.${name.replace('.', '-')}`);
}

function showSum(): void {
  const count = tickedEvents().length;
  const sum =
    count === 0 ? 'events.none' : count === eventNames.length ? 'events.all' : 'events.some';
  $('#whatsapp-in-events-sum').text(say(sum, { count }));
}

function tickedEvents(): string[] {
  const boxes = $('#whatsapp-in-events input').toArray() as HTMLInputElement[];
  return boxes.filter((box) => box.checked).map((box) => box.value);
}
