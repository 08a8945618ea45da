import assert from 'node:assert/strict';
import type { DesktopState } from '../../../src/desktop/app/model/state.ts';
import type { Effect } from '../../../src/desktop/app/model/step.ts';
import { createStore } from '../../../src/desktop/app/store.ts';
import { heard, popup, welcome } from './desk.ts';
import { interaction } from './talk.ts';

describe('the store of the page', () => {
  /** What it did, in order; a frame comes when the test says so. */
  function observed() {
    const done: string[] = [];
    const frames: (() => void)[] = [];
    const draw = ({ interactions, popups }: DesktopState) =>
      done.push(`drew ${interactions.length}+${popups.length}`);
    const perform = (effect: Effect) =>
      done.push(effect.type === 'send' ? effect.word.type : effect.type);
    const { dispatch } = createStore(draw, perform, (run) => frames.push(run));
    dispatch(heard(welcome()));
    const frame = () => frames.splice(0).forEach((run) => run());
    frame();
    done.length = 0;
    return { done, dispatch, frame };
  }

  it('draws what the server says together, with the next frame', () => {
    const { done, dispatch, frame } = observed();
    for (const id of ['a', 'b', 'c']) {
      dispatch(heard({ type: 'interaction', interaction: interaction(id) }));
    }
    assert.deepEqual(done, []);
    frame();
    frame();
    assert.deepEqual(done, ['drew 3+0']);
  });

  it('draws what the agent does at once, and with it all that waited', () => {
    const { done, dispatch, frame } = observed();
    dispatch(heard({ type: 'interaction', interaction: interaction('a') }));
    dispatch({ type: 'chosen', interactionId: 'a' });
    frame();
    assert.deepEqual(done, ['drew 1+0', 'open']);
  });

  it('says that a page is shown when it stands on the screen', () => {
    const { done, dispatch } = observed();
    dispatch(heard({ type: 'page', page: popup('p') }));
    dispatch(heard({ type: 'claimed', pageId: 'p', granted: true }));
    assert.deepEqual(done, ['claim', 'drew 0+1', 'receipt']);
  });
});
