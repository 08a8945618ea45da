import assert from 'node:assert/strict';
import { holds, readWhen } from '../../../nodes/shared/choice.editor.ts';

describe('a part of a form that follows a choice', () => {
  const choose = (choices: Readonly<Record<string, string>>) => (property: string) =>
    choices[property] ?? '';

  it('is there for each of the named values', () => {
    const when = readWhen('auth=bearer apiKey');
    assert.ok(holds(when, choose({ auth: 'apiKey' })));
    assert.ok(!holds(when, choose({ auth: 'basic' })));
  });

  it('needs every one of several choices', () => {
    const when = readWhen('method=POST PUT; eventData=all');
    assert.ok(holds(when, choose({ method: 'PUT', eventData: 'all' })));
    assert.ok(!holds(when, choose({ method: 'PUT', eventData: 'none' })));
    assert.ok(!holds(when, choose({ method: 'GET', eventData: 'all' })));
  });

  it('calls an empty choice "none"', () => {
    assert.ok(holds(readWhen('template=none'), choose({})));
  });
});
