import assert from 'node:assert/strict';
import { isInvited, tellOf, type ToldPages } from '../../../src/desktop/server/told.ts';

const page = { id: 'page', key: 'key', agent: 'anna', title: 'Chiara', kind: 'popup' } as const;

describe('what a page may say of pages without a limit', () => {
  const receipt = { type: 'receipt', pageId: page.id, what: 'shown' } as const;
  const toldAs = (state: Parameters<typeof tellOf>[2]): ToldPages => {
    const told: ToldPages = new Map();
    tellOf(told, page, state);
    return told;
  };

  it('is that it shows what it was granted, and what it finds on its lists after a reconnect', () => {
    assert.ok(isInvited(toldAs('shown'), receipt));
    assert.ok(isInvited(toldAs('listed'), receipt));
  });

  it('is neither the same again, nor anything of a page that it was not told of', () => {
    assert.ok(!isInvited(toldAs('confirmed'), receipt));
    assert.ok(!isInvited(new Map(), receipt));
  });

  it('is a claim, while the page can be claimed', () => {
    const claim = { type: 'claim', pageId: page.id } as const;
    assert.ok(isInvited(toldAs('claimable'), claim));
    assert.ok(!isInvited(toldAs('claimed'), claim));
    assert.ok(!isInvited(toldAs('listed'), claim));
  });
});
