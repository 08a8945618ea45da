import assert from 'node:assert/strict';
import { templateSample } from '../../../nodes/popup-template/template-sample.editor.ts';
import { isEvent } from '../../../src/event/event.ts';

describe('the sample values of a template', () => {
  it('are variables by their names', () => {
    const { variables, label } = templateSample({ calleridname: 'Mario', ORDERNUM: 9 }, 'Sample');
    assert.equal(variables['calleridname'], 'Mario');
    assert.equal(variables['ORDERNUM'], '9');
    assert.equal(label, 'Sample');
  });

  it('are parts of the event, the rest of which is made up', () => {
    const { event, variables } = templateSample({ contact: { name: 'Mario' } }, '');
    assert.ok(isEvent(event));
    assert.equal(event.contact.name, 'Mario');
    assert.equal(event.contact.phone, '+15550100300');
    assert.equal(variables['calleridname'], 'Mario');
  });

  it('are parts of the message', () => {
    assert.deepEqual(templateSample({ order: { id: 7 } }, '').msg, { order: { id: 7 } });
  });
});
