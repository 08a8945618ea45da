import { check, checkEach, checkListed, withLabel } from '../shared/check.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { currentValue, openForm, saveNumbers } from '../shared/form.editor.ts';
import { labelStyle } from '../shared/labels.editor.ts';
import { makeLines } from '../shared/lines.editor.ts';
import {
  all,
  allowedHost,
  headerName,
  objectPath,
  optional,
  orEnvironment,
  required,
  variableName,
  secondsUpTo,
} from '../shared/rules.editor.ts';
import { template, urlTemplate, withoutPassword } from '../shared/template-rules.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { splitText } from '../shared/split-text.ts';
import { makeTable } from '../shared/table.editor.ts';
import { knownVariables } from '../shared/variables/names.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { listedIn } from '../shared/text-list.editor.ts';
import { adoptSelected } from './adopt-selected.editor.ts';
import { showLetters } from './dead-letters.editor.ts';
import { previewForward } from './forward-preview.editor.ts';

const say = sayFor('url-forward');

interface Header {
  readonly name?: unknown;
  readonly value?: unknown;
}

interface ResponseVariable {
  readonly variable?: unknown;
  readonly path?: unknown;
}

let lists: ReturnType<typeof makeLists>;

RED.nodes.registerType('url-forward', {
  category: 'whatsapp triggers',
  color: '#A9CDB8',
  icon: 'url-forward.svg',
  paletteLabel: 'url forward',
  inputs: 1,
  outputs: 1,
  defaults: {
    version: { value: 1 },
    name: { value: '' },
    method: { value: 'GET' },
    url: {
      value: '',
      validate: check(say, all(urlTemplate, withoutPassword)),
      label: say('label.url'),
    },
    eventData: { value: 'all' },
    selectedVariables: {
      value: [],
      validate: checkSelected,
      label: say('label.selectedVariables'),
    },
    bodyFormat: { value: 'form' },
    headers: {
      value: [],
      validate: checkEach<Header>(
        say,
        ({ name, value }) => orEnvironment(headerName)(name) ?? template(value),
      ),
      label: say('label.headers'),
    },
    auth: { value: 'none' },
    authHeader: {
      value: '',
      validate: check(say, optional(headerName), usesApiKey),
      label: say('label.authHeader'),
    },
    timeout: { value: 15, validate: check(say, secondsUpTo(3600)), label: say('label.timeout') },
    retry: { value: 'durable' },
    allow: {
      value: [],
      validate: checkListed(splitText, checkEach(say, allowedHost)),
      label: say('label.allow'),
    },
    responseVariables: {
      value: [],
      validate: checkEach<ResponseVariable>(
        say,
        ({ variable, path }) =>
          orEnvironment(variableName)(variable) ?? orEnvironment(objectPath)(path),
      ),
      label: say('label.responseVariables'),
    },
  },
  credentials: {
    user: { type: 'text', validate: check(say, required, usesBasic) },
    password: { type: 'password' },
    token: { type: 'password', validate: check(say, required, usesToken) },
    secret: { type: 'password', validate: check(say, required, usesSignature) },
  },
  label() {
    const { origin, host } = URL.parse(textOf(this['url'])) ?? {};
    return this.name || (origin ? `${textOf(this['method'])} ${host}` : 'url forward');
  },
  labelStyle,
  oneditprepare() {
    const form = openForm(this);
    lists = makeLists(this);
    previewForward(this, form, readLists);
    showLetters(this);
  },
  oneditsave() {
    Object.assign(this, readLists());
    saveNumbers(this, ['timeout']);
  },
});

fillDefaults('url-forward');
adoptSelected();

function readLists(): object {
  return Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.read()]));
}

function makeLists(node: EditorNode) {
  const variables = knownVariables();
  return {
    selectedVariables: makeLines({
      list: 'url-forward-selected',
      label: say('label.selectedVariables'),
      addLabel: say('rows.variable'),
      say,
      column: { label: say('column.variable'), suggestions: variables },
      entries: node['selectedVariables'],
      split: splitText,
      check: (entries) => checkSelected.call(node, entries, {}),
    }),
    headers: makeTable({
      list: 'url-forward-headers',
      label: say('label.headers'),
      addLabel: say('rows.header'),
      say,
      columns: [
        { key: 'name', label: say('column.header'), rule: headerName },
        {
          key: 'value',
          label: say('column.value'),
          rule: template,
          variables: true,
          width: 'wide',
        },
      ],
      blank: () => ({ name: '', value: '' }),
      rows: node['headers'],
    }),
    responseVariables: makeTable({
      list: 'url-forward-response',
      label: say('label.responseVariables'),
      addLabel: say('rows.variable'),
      say,
      columns: [
        {
          key: 'variable',
          label: say('column.variable'),
          rule: variableName,
          suggestions: variables,
        },
        { key: 'path', label: say('column.path'), rule: objectPath, placeholder: 'order.status' },
      ],
      blank: () => ({ variable: '', path: '' }),
      rows: node['responseVariables'],
    }),
    allow: makeLines({
      list: 'url-forward-allow',
      label: say('label.allow'),
      addLabel: say('rows.host'),
      say,
      column: { label: say('column.host'), rule: allowedHost, placeholder: '10.0.0.0/8' },
      entries: node['allow'],
      split: splitText,
    }),
  };
}

function checkSelected(this: EditorNode, value: unknown, options: object): true | string {
  const isEmpty = listedIn(value, splitText).length === 0;
  const isWrong = isEmpty && currentValue(this, 'eventData') === 'selected';
  return isWrong ? withLabel(say('reason.selected'), options) : true;
}

function usesBasic(node: EditorNode): boolean {
  return currentValue(node, 'auth') === 'basic';
}

function usesApiKey(node: EditorNode): boolean {
  return currentValue(node, 'auth') === 'apiKey';
}

function usesToken(node: EditorNode): boolean {
  return usesApiKey(node) || currentValue(node, 'auth') === 'bearer';
}

function usesSignature(node: EditorNode): boolean {
  return currentValue(node, 'auth') === 'signature';
}
