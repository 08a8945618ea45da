import assert from 'node:assert/strict';
import fc from 'fast-check';
import { agentRows, userName, writePasswords } from '../../../nodes/shared/agents.editor.ts';

describe('the list of agents', () => {
  const ada = { username: 'ada', name: 'Ada', role: 'agent' };

  it('finds each agent’s password by user name', () => {
    const rows = agentRows([ada, { username: 'bob' }], JSON.stringify({ ada: '$scrypt$1' }));
    assert.deepEqual(rows, [
      { ...ada, hash: '$scrypt$1' },
      { username: 'bob', name: '', role: 'agent', hash: '' },
    ]);
  });

  it('keeps a password when its agent is renamed, and drops it with the agent', () => {
    const [row] = agentRows([ada], JSON.stringify({ ada: '$scrypt$1', gone: '$scrypt$2' }));
    assert.ok(row);
    assert.equal(writePasswords([{ ...row, username: 'lady' }]), '{"lady":"$scrypt$1"}');
  });

  it('writes nothing at all when nobody has a password', () => {
    assert.equal(writePasswords(agentRows([ada], undefined)), '');
  });

  it('reads back the passwords it wrote, whatever the agents are called', () => {
    const agents = fc.uniqueArray(
      fc.record(
        {
          username: fc.oneof(
            fc.constantFrom('__proto__', 'constructor'),
            fc.string({ minLength: 1 }),
          ),
          name: fc.string(),
          role: fc.constantFrom('agent', 'supervisor'),
          hash: fc.string({ minLength: 1 }),
        },
        { noNullPrototype: true },
      ),
      { selector: ({ username }) => username },
    );
    fc.assert(
      fc.property(agents, (rows) => {
        assert.deepEqual(agentRows(rows, writePasswords(rows)), rows);
      }),
    );
  });

  it('takes a damaged credential for none', () => {
    for (const credential of ['', '{', '[]', 'null', '{"ada":1}', 5]) {
      assert.equal(agentRows([ada], credential)[0]?.hash, '');
    }
  });

  it('refuses user names that could not be told apart in a list', () => {
    for (const name of ['', ' ', 'a,b', 'a\u0000', 'x'.repeat(65)]) assert.ok(userName(name));
    for (const name of ['ada', 'Ada Lovelace', 'ada@example.com', 'x'.repeat(64)]) {
      assert.equal(userName(name), undefined);
    }
  });
});
