import { check } from '../shared/check.editor.ts';
import { createCodeEditors } from '../shared/code.editor.ts';
import { fillDefaults } from '../shared/defaults.editor.ts';
import { openForm } from '../shared/form.editor.ts';
import { all, required } from '../shared/rules.editor.ts';
import { template } from '../shared/template-rules.editor.ts';
import { sampleObject, showSample } from '../shared/sample.editor.ts';
import { sayFor } from '../shared/say.editor.ts';
import { textOf } from '../shared/text.editor.ts';

const say = sayFor('popup-template');
const code = createCodeEditors();
const contentId = 'popup-template-content';
const sampleId = 'popup-template-sample';
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
    name: { value: '' },
    title: { value: '', validate: check(say, template), label: say('label.title') },
    content: { value: '', validate: checkContent, label: say('label.content') },
    sample: { value: {}, validate: checkSample, label: say('label.sample') },
  },
  label() {
    return this.name || textOf(this['title']) || say('label.plain');
  },
  oneditprepare() {
    openForm(this);
    const show = (id: string, answer: true | string) => {
      $(`#${id}-reason`).text(answer === true ? '' : answer);
    };
    const showReasons = () => {
      show(contentId, checkContent.call(this, code.value(contentId), {}));
      show(sampleId, checkSample.call(this, sampleObject(code.value(sampleId)), {}));
    };
    code.open(contentId, 'html', textOf(this['content']), showReasons);
    code.open(sampleId, 'json', showSample(this['sample']), showReasons);
    showReasons();
  },
  oneditsave() {
    this['content'] = code.value(contentId);
    this['sample'] = sampleObject(code.value(sampleId));
    code.close();
  },
  oneditcancel() {
    code.close();
  },
});

fillDefaults('popup-template');
