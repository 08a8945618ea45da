import { check } from '../shared/check.editor.ts';
import { type OpenPopup, previewPopup } from '../browser-popup/popup-form.editor.ts';
import { createCodeEditors } from '../shared/code.editor.ts';
import { addCodePicker } from '../shared/variables/code-variables.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { openForm } from '../shared/form.editor.ts';
import { all, required } from '../shared/rules.editor.ts';
import { template } from '../shared/template-rules.editor.ts';
import { sampleObject, showSample } from './sample-text.editor.ts';
import { loadSamples } from '../shared/preview/samples.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';
import { templateSample } from './template-sample.editor.ts';

const say = sayFor('popup-template');
const code = createCodeEditors();
const contentId = 'popup-template-content';
const sampleId = 'popup-template-sample';
let preview: OpenPopup | undefined;
const checkContent = check(say, all(required, template));
const checkSample = check(say, (value) =>
  typeof value === 'string' ? { key: 'reason.object' } : undefined,
);

RED.nodes.registerType('popup-template', {
  category: 'config',
  color: '#A9CDB8',
  icon: 'popup-template.svg',
  paletteLabel: 'popup template',
  defaults: {
    version: { value: 1 },
    name: { value: '' },
    title: { value: '', validate: check(say, template), label: say('label.title') },
    content: { value: '', validate: checkContent, label: say('label.content') },
    sample: { value: {}, validate: checkSample, label: say('label.sample') },
  },
  label() {
    return this.name || textOf(this['title']) || say('label.plain');
  },
  oneditprepare() {
    const form = openForm(this);
    const show = (id: string, answer: true | string) => {
      $(`#${id}-reason`).text(answer === true ? '' : answer);
    };
    const showReasons = () => {
      show(contentId, checkContent.call(this, code.value(contentId), {}));
      show(sampleId, checkSample.call(this, sampleObject(code.value(sampleId)), {}));
    };
    const changed = () => {
      showReasons();
      preview?.update();
    };
    code.open(contentId, 'html', textOf(this['content']), changed);
    code.open(sampleId, 'json', showSample(this['sample']), () => {
      changed();
      samples.choose(samples.chosen().id);
    });
    showReasons();
    addCodePicker(contentId, code);
    const samples = loadSamples('', ownSamples);
    preview = previewPopup({
      node: this,
      form,
      samples,
      code,
      content: contentId,
      place: 'popup-template-preview',
      config: () => ({ title: form.value('title'), content: code.value(contentId) }),
    });
  },
  oneditsave() {
    this['content'] = code.value(contentId);
    this['sample'] = sampleObject(code.value(sampleId));
    preview?.close();
  },
  oneditcancel() {
    preview?.close();
  },
  oneditdelete() {
    preview?.deleted(this);
  },
});

fillDefaults('popup-template');

/** What the form says itself goes before what has happened. */
function ownSamples() {
  const values = sampleObject(code.value(sampleId));
  if (typeof values === 'string' || Object.keys(values).length === 0) return [];
  return [templateSample(values, say('label.sample'))];
}
