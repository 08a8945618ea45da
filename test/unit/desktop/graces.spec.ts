import assert from 'node:assert/strict';
import { createGraces, type Graces } from '../../../src/desktop/server/graces.ts';

describe('the grace of agents who have gone', () => {
  const opened: Graces[] = [];
  afterEach(() => opened.splice(0).forEach((graces) => graces.close()));

  function create(length: number, over: (username: string) => void = () => assert.fail()): Graces {
    const graces = createGraces({ length, over });
    opened.push(graces);
    return graces;
  }

  it('is over when that is told, whatever the clock shows', async () => {
    const over = Promise.withResolvers<boolean>();
    const graces = create(1, (username) => over.resolve(graces.has(username)));
    graces.begin('anna', 0);
    assert.equal(graces.has('anna'), true);
    assert.equal(await over.promise, false);
  });

  it('ends when they are back, and is whole when they go again', async () => {
    const over = Promise.withResolvers<string>();
    const graces = create(1, over.resolve);
    graces.begin('anna', 0);
    graces.end('anna');
    assert.equal(graces.has('anna'), false);
    graces.begin('anna', 0);
    assert.equal(graces.has('anna'), true);
    assert.equal(await over.promise, 'anna');
  });

  it('begins only for who has not been gone for so long', () => {
    const graces = create(1, () => undefined);
    graces.begin('anna', 1);
    assert.equal(graces.has('anna'), false);
  });
});
