import assert from 'node:assert/strict';
import type { BoardView } from '../../../src/desktop/protocol.ts';
import { agent, desk, onlineDesk, welcome } from './desk.ts';
import { interaction, message, reading } from './talk.ts';

const supervisor = () => desk().hear(welcome({ agent: { ...agent, role: 'supervisor' } }));
const board: BoardView = {
  agents: [],
  waiting: [],
  waitingCount: 0,
  openCount: 1,
  interactions: [interaction('theirs', { unread: 3 })],
  shown: [],
};
const toBoard = { type: 'viewed', view: 'board' } as const;

describe('the board', () => {
  it('is sent to a supervisor for as long as they look at it', () => {
    const page = supervisor().act(toBoard, { type: 'viewed', view: 'inbox' });
    assert.deepEqual(page.sent(), [
      { type: 'watch', on: true },
      { type: 'watch', on: false },
    ]);
  });

  it('is asked for again after the connection was lost', () => {
    const page = supervisor().act(toBoard, { type: 'connectionLost' });
    page.hear(welcome({ agent: { ...agent, role: 'supervisor' } }));
    assert.equal(page.sent().length, 2);
  });

  it('is never asked for by an agent', () => {
    assert.deepEqual(onlineDesk().act(toBoard).sent(), []);
  });

  it('goes on while a supervisor reads along, and what they read stays unread to its agent', () => {
    const page = supervisor().act(toBoard).hear({ type: 'board', board });
    page.act({ type: 'chosen', interactionId: 'theirs' });
    const messages = [message(1)];
    page.hear({ type: 'conversation', interactionId: 'theirs', messages, more: false }, reading);
    assert.deepEqual(page.sent(), [
      { type: 'watch', on: true },
      { type: 'open', interactionId: 'theirs' },
      { type: 'history', interactionId: 'theirs' },
    ]);
  });
});

describe('the status', () => {
  it('is what the server says, also when another window has changed it', () => {
    const page = onlineDesk().act({ type: 'statusWanted', status: 'paused' });
    assert.equal(page.state().status, 'ready');
    assert.deepEqual(page.sent(), [{ type: 'status', status: 'paused' }]);
    page.hear({ type: 'status', status: 'paused', since: 7 });
    assert.deepEqual([page.state().status, page.state().statusSince], ['paused', 7]);
    assert.match(page.state().announcement.text, /on pause/);
  });

  it('is asked for once', () => {
    const pause = { type: 'statusWanted', status: 'paused' } as const;
    assert.equal(onlineDesk().act(pause, pause).sent().length, 1);
  });
});
