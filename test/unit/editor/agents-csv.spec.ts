import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isUserName } from '../../../nodes/shared/agents.editor.ts';
import { mergeAgents, readAgentsCsv } from '../../../nodes/shared/agents-csv.editor.ts';

const agentsOf = (text: string) => readAgentsCsv(text).agents;
const luca = {
  username: 'lbianchi',
  name: 'Luca Bianchi',
  role: 'agent',
  password: 'sette pinguini',
};

describe('agents out of a table', () => {
  it('are read in the usual order of columns', () => {
    assert.deepEqual(agentsOf('lbianchi,Luca Bianchi,agent,sette pinguini'), [luca]);
  });

  for (const [what, text] of [
    [
      'a heading in another order',
      'Password,Role,Name,Username\nsette pinguini,agent,Luca Bianchi,lbianchi',
    ],
    [
      'semicolons, as Excel saves them in Italy',
      'utente;nome;ruolo;password\r\nlbianchi;Luca Bianchi;agente;sette pinguini\r\n',
    ],
    [
      'tabs, as a spreadsheet copies them',
      'User name\tFull name\tRole\tPassword\nlbianchi\tLuca Bianchi\tAGENT\tsette pinguini',
    ],
    ['quotes', '"lbianchi","Luca Bianchi","agent","sette pinguini"'],
    [
      'a byte order mark and empty lines',
      '\uFEFF\n\nuser_name,name,role,password\n\nlbianchi,Luca Bianchi,,\n,,,\n'.replace(
        ',,\n',
        ',agent,sette pinguini\n',
      ),
    ],
    [
      'columns that mean nothing here',
      'id,login,phone,name,role,password\n7,lbianchi,+39 02 1,Luca Bianchi,agent,sette pinguini',
    ],
    ['old line ends', 'username,name,role,password\rlbianchi,Luca Bianchi,agent,sette pinguini\r'],
  ] as const) {
    it(`are read with ${what}`, () => assert.deepEqual(agentsOf(text), [luca]));
  }

  it('keep what a spreadsheet has put into quotes', () => {
    const text = 'a,"Rossi, ""Gianni""\nMario",agent," p;a,ss\nword "';
    assert.deepEqual(agentsOf(text), [
      { username: 'a', name: 'Rossi, "Gianni"\nMario', role: 'agent', password: ' p;a,ss\nword ' },
    ]);
  });

  it('say only what the table says', () => {
    assert.deepEqual(agentsOf('username\nanna\nbruno'), [
      { username: 'anna' },
      { username: 'bruno' },
    ]);
    assert.deepEqual(agentsOf('anna,,,'), [{ username: 'anna' }]);
  });

  it('are left out with their line and the reason, and the others are not', () => {
    const { agents, faults } = readAgentsCsv(
      [
        'username,name,role,password',
        'anna,"two',
        'lines",agent,x',
        ',Nobody,agent,x',
        'bruno,Bruno,boss,x',
        'anna,Anna again,agent,x',
        `carla,Carla,agent,${'x'.repeat(257)}`,
        'dora,Dora,constructor,x',
        'emma',
      ].join('\n'),
    );
    assert.deepEqual(
      agents.map(({ username }) => username),
      ['anna', 'emma'],
    );
    assert.deepEqual(
      faults.map(({ line, reason }) => [line, 'key' in reason && reason.key]),
      [
        [4, 'reason.username'],
        [5, 'reason.role'],
        [6, 'reason.twice'],
        [7, 'reason.password'],
        [8, 'reason.role'],
      ],
    );
  });

  it('are read as they were written, whatever is in the cells', () => {
    const cell = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => text.trim() !== '');
    const name = cell.map((text) => text.trim());
    const username = fc
      .string({ minLength: 1, maxLength: 64 })
      .map((text) => text.trim())
      .filter(isUserName);
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ username, name, password: cell }, { noNullPrototype: true }), {
          selector: (one) => one.username,
        }),
        fc.constantFrom(',', ';', '\t'),
        fc.constantFrom('\n', '\r\n'),
        (agents, separator, end) => {
          const lines = agents.map((one) =>
            [one.username, one.name, 'agent', one.password].map(quote).join(separator),
          );
          const text = [['username', 'name', 'role', 'password'].join(separator), ...lines].join(
            end,
          );
          assert.deepEqual(
            agentsOf(text),
            agents.map((one) => ({ ...one, role: 'agent' })),
          );
        },
      ),
    );
  });

  it('are read to the end, however they are meant to be slow', () => {
    for (const piece of ['"', '""', '",', 'a"b', ',', ' \n', '"\n'])
      readAgentsCsv(piece.repeat(300_000));
  });
});

describe('agents of a table among those of the list', () => {
  const ada = { username: 'ada', name: 'Ada', role: 'supervisor', hash: 'h1' };
  const bob = { username: 'bob', name: 'Bob', role: 'agent', hash: '' };

  it('change what the table says of them and keep the rest, in their order', () => {
    const merged = mergeAgents(
      [ada, bob],
      [
        { username: 'bob', hash: 'h2' },
        { username: 'ada', name: 'Ada Lovelace' },
      ],
    );
    assert.deepEqual(merged, [
      { ...ada, name: 'Ada Lovelace' },
      { ...bob, hash: 'h2' },
    ]);
  });

  it('are put at the end when they are new', () => {
    assert.deepEqual(mergeAgents([ada], [{ username: 'cleo', hash: 'h3' }, { username: 'dan' }]), [
      ada,
      { username: 'cleo', name: '', role: 'agent', hash: 'h3' },
      { username: 'dan', name: '', role: 'agent', hash: '' },
    ]);
  });
});
