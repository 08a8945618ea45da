import assert from 'node:assert/strict';
import { takeToken } from '../../../src/desktop/app/sign-on.ts';

function open(address: string) {
  const { hash, pathname, search } = new URL(address);
  const shown: string[] = [];
  const past = {
    replaceState: (_: unknown, __: string, url?: string | URL | null) => {
      shown.push(String(url));
    },
  };
  return { token: takeToken({ hash, pathname, search }, past), shown };
}

describe('sign-on token of the page', () => {
  it('is taken out of the address, which then shows nothing of it', () => {
    assert.deepEqual(open('https://a.example/red/agents/?x=1#token=aaa.bbb.ccc'), {
      token: 'aaa.bbb.ccc',
      shown: ['/red/agents/?x=1'],
    });
  });

  it('may have company, which goes with it', () => {
    const { token, shown } = open('https://a.example/agents/#lang=it&token=aaa.b-b_b.ccc');
    assert.equal(token, 'aaa.b-b_b.ccc');
    assert.deepEqual(shown, ['/agents/']);
  });

  it('is none where there is none, and never one of the query', () => {
    for (const address of ['#', '', '#tokens=x', '?token=aaa.bbb.ccc']) {
      assert.deepEqual(open(`https://a.example/agents/${address}`), {
        token: undefined,
        shown: [],
      });
    }
    assert.deepEqual(open('https://a.example/agents/#token='), {
      token: undefined,
      shown: ['/agents/'],
    });
  });
});
