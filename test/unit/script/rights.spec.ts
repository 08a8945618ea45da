import assert from 'node:assert/strict';
import { distrustOfFile, distrustOfFolder } from '../../../src/script/rights.ts';

const self = { uid: 1000, gid: 100 };
const mine = (mode: number) => ({ mode, uid: 1000, gid: 100 });

describe('the trust in a script and its folders', () => {
  it('is given to what only root or this user can write', () => {
    for (const mode of [0o755, 0o700, 0o644, 0o500]) {
      assert.equal(distrustOfFile(mine(mode), self), undefined);
      assert.equal(distrustOfFile({ mode, uid: 0, gid: 0 }, self), undefined);
      assert.equal(distrustOfFolder(mine(mode), self), undefined);
    }
  });

  it('is given to what the own group may write, as a umask of 002 makes it', () => {
    assert.equal(distrustOfFile(mine(0o664), self), undefined);
    assert.equal(distrustOfFolder(mine(0o775), self), undefined);
  });

  it('is refused to what another group may write', () => {
    const file = { mode: 0o664, uid: 1000, gid: 7 };
    assert.equal(distrustOfFile(file, self), 'another group may write to it');
    assert.equal(distrustOfFolder(file, self), 'another group may write to it');
  });

  it('is refused to what every user may write', () => {
    assert.equal(distrustOfFile(mine(0o646), self), 'every user may write to it');
    assert.equal(distrustOfFile(mine(0o1777), self), 'every user may write to it');
    assert.equal(distrustOfFolder(mine(0o777), self), 'every user may write to it');
  });

  it('is given to a folder that keeps others from replacing files that are not theirs', () => {
    assert.equal(distrustOfFolder({ mode: 0o1777, uid: 0, gid: 0 }, self), undefined);
  });

  it('is refused to what belongs to another user', () => {
    const theirs = { mode: 0o755, uid: 1001, gid: 100 };
    assert.match(distrustOfFile(theirs, self) ?? '', /belongs neither to root/);
    assert.match(distrustOfFolder({ ...theirs, mode: 0o1755 }, self) ?? '', /belongs neither/);
  });

  it('is refused to a file that runs with the rights of another user or group', () => {
    for (const mode of [0o4755, 0o2755]) {
      assert.match(distrustOfFile(mine(mode), self) ?? '', /set-user-id/);
    }
  });
});
