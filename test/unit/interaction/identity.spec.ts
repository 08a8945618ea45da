import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  aliasesOf,
  goesBy,
  identify,
  type KnownContact,
  knows,
  rename,
  shown,
  updated,
} from '../../../src/interaction/identity.ts';
import type { Person } from '../../../src/provider/provider.ts';

/** What a store does with the answers, in memory. */
function addressBook() {
  const contacts = new Map<string, KnownContact>();
  const owners = new Map<string, string>();
  const ownerOf = (alias: string): KnownContact | undefined =>
    contacts.get(owners.get(alias) ?? '');
  const keep = (contact: KnownContact, takes: readonly string[]): void => {
    contacts.set(contact.id, contact);
    takes.forEach((alias) => owners.set(alias, contact.id));
  };
  return {
    contacts,
    /** The contact of every alias. */
    owners,
    tell: (told: Person): { readonly id: string; readonly conflicts: number } => {
      const { contact, takes, conflicts } = identify(told, ownerOf, `c${contacts.size + 1}`);
      keep(contact, takes);
      return { id: contact.id, conflicts: conflicts.length };
    },
    rename: (previous: Person, next: Person): number => {
      const renamed = rename(previous, next, ownerOf, `c${contacts.size + 1}`);
      if (renamed) keep(renamed.contact, renamed.takes);
      return renamed?.conflicts.length ?? 0;
    },
  };
}

describe('the identity of a contact', () => {
  it('is any one of its ids, once they came together', () => {
    const { tell } = addressBook();
    const { id } = tell({ phone: '+391', userId: 'IT.1', parentUserId: 'IT.ENT.1' });
    assert.equal(tell({ phone: '+391' }).id, id);
    assert.equal(tell({ userId: 'IT.1' }).id, id);
    assert.equal(tell({ parentUserId: 'IT.ENT.1' }).id, id);
  });

  it('links an id that comes later', () => {
    const { tell, contacts } = addressBook();
    const { id } = tell({ phone: '+391', name: 'Zoë' });
    tell({ phone: '+391', userId: 'IT.1' });
    assert.equal(tell({ userId: 'IT.1' }).id, id);
    assert.deepEqual(contacts.get(id), { id, name: 'Zoë', phone: '+391', userId: 'IT.1' });
  });

  it('never takes a user id for a phone, nor one kind of user id for another', () => {
    const { tell } = addressBook();
    const ids = [
      tell({ phone: '+391' }),
      tell({ userId: '+391' }),
      tell({ parentUserId: '+391' }),
      tell({ providerId: '+391' }),
    ].map(({ id }) => id);
    assert.equal(new Set(ids).size, 4);
  });

  it('is never merged: where the ids are of two, the phone is meant, and it is told once', () => {
    const { tell, contacts } = addressBook();
    const byPhone = tell({ phone: '+391' }).id;
    const byUser = tell({ userId: 'IT.1' }).id;
    const both = { phone: '+391', userId: 'IT.1' };
    assert.deepEqual(tell(both), { id: byPhone, conflicts: 1 });
    assert.deepEqual(tell(both), { id: byPhone, conflicts: 0 });
    assert.ok(goesBy(contacts.get(byPhone)!, both));
    assert.equal(contacts.get(byPhone)?.userId, undefined);
    assert.equal(tell({ userId: 'IT.1' }).id, byUser);
  });

  it('is not of two people because a provider gave both the same id above their own', () => {
    const { tell } = addressBook();
    const first = tell({ phone: '+391', providerId: 'P' }).id;
    assert.notEqual(tell({ phone: '+392', providerId: 'P' }).id, first);
    assert.equal(tell({ providerId: 'P' }).id, first);
  });

  it('stays when the contact goes by another number: what was under way still finds it', () => {
    const { tell, rename, contacts } = addressBook();
    const { id } = tell({ phone: '+391', userId: 'IT.1', name: 'Zoë' });
    assert.equal(rename({ phone: '+391' }, { phone: '+392', userId: 'IT.2' }), 0);
    assert.equal(tell({ phone: '+392', userId: 'IT.2' }).id, id);
    assert.equal(tell({ phone: '+391', userId: 'IT.1' }).id, id);
    assert.deepEqual(contacts.get(id), { id, name: 'Zoë', phone: '+392', userId: 'IT.2' });
  });

  it('is not the one of who gets a number that somebody has left', () => {
    const { tell, rename, contacts } = addressBook();
    const zoe = tell({ phone: '+391', userId: 'IT.1' }).id;
    rename({ userId: 'IT.1' }, { phone: '+392', userId: 'IT.2' });
    const stranger = tell({ phone: '+391', userId: 'IT.9' }).id;
    assert.notEqual(stranger, zoe);
    assert.equal(tell({ phone: '+391' }).id, stranger);
    assert.equal(contacts.get(zoe)?.phone, '+392');
  });

  it('keeps two contacts apart when one is said to be the other from now on', () => {
    const { tell, rename } = addressBook();
    const before = tell({ phone: '+391' }).id;
    const after = tell({ phone: '+392' }).id;
    assert.equal(rename({ phone: '+391' }, { phone: '+392' }), 1);
    assert.equal(tell({ phone: '+391' }).id, before);
    assert.equal(tell({ phone: '+392' }).id, after);
  });

  it('takes an id that was another’s when it is given it, once the other has left it', () => {
    const { tell, rename, contacts } = addressBook();
    const { id } = tell({ phone: '+391' });
    tell({ userId: 'IT.1' });
    tell({ phone: '+391', userId: 'IT.1' });
    rename({ userId: 'IT.1' }, { userId: 'IT.2' });
    assert.equal(rename({ phone: '+391' }, { userId: 'IT.1' }), 0);
    assert.deepEqual(contacts.get(id), { id, phone: '+391', userId: 'IT.1' });
  });

  it('learns the old name of somebody whom it knows by the new one', () => {
    const { tell, rename, contacts } = addressBook();
    const { id } = tell({ phone: '+392' });
    rename({ phone: '+391' }, { phone: '+392' });
    assert.equal(tell({ phone: '+391' }).id, id);
    assert.equal(contacts.get(id)?.phone, '+392');
  });

  it('is kept of a stranger who goes by another name, with the old one', () => {
    const { tell, rename, contacts } = addressBook();
    assert.equal(rename({ phone: '+391' }, { phone: '+392' }), 0);
    assert.deepEqual([...contacts.values()], [{ id: 'c1', phone: '+392' }]);
    assert.equal(tell({ phone: '+391' }).id, 'c1');
    assert.equal(contacts.get('c1')?.phone, '+392');
  });

  it('has the name that a record told before the first message, or after ours', () => {
    const { tell, rename, contacts } = addressBook();
    const record = { phone: '+391', name: 'Giulia', providerId: 'P1' };
    rename({ providerId: 'P1' }, record);
    const { id } = tell({ phone: '+391', providerId: 'P1' });
    assert.deepEqual(contacts.get(id), { id, ...record });
    const written = tell({ phone: '+392' }).id;
    rename({ providerId: 'P2' }, { phone: '+392', name: 'Zoë', providerId: 'P2' });
    assert.equal(contacts.get(written)?.name, 'Zoë');
    assert.equal(tell({ providerId: 'P2' }).id, written);
  });

  it('is not kept of a stranger without an id to write to, nor of one with an id that somebody has', () => {
    const { tell, rename, contacts } = addressBook();
    tell({ phone: '+391', parentUserId: 'IT.ENT.1' });
    rename({ phone: '+392' }, { parentUserId: 'IT.ENT.2' });
    rename({ phone: '+392' }, { phone: '+393', parentUserId: 'IT.ENT.1' });
    assert.equal(contacts.size, 1);
    assert.equal(tell({ parentUserId: 'IT.ENT.1' }).id, 'c1');
  });

  it('shows a flow no id that is only ours', () => {
    const known = { id: 'c', phone: '+391', parentUserId: 'P', providerId: 'Q', apart: ['u:1'] };
    assert.deepEqual(shown(known), { id: 'c', phone: '+391' });
  });

  it('takes up a new name, but not an id that is another contact’s', () => {
    const known = { id: 'c', phone: '+391', name: 'Zoe', apart: ['u:IT.1'] };
    const told = { phone: '+391', userId: 'IT.1', name: 'Zoë' };
    assert.equal(knows(known, told), false);
    assert.deepEqual(updated(known, told), { ...known, name: 'Zoë' });
  });

  /** Few ids, so that they meet often; the same words as phone and as user id. */
  const id = fc.constantFrom('+1', '+2', '+3', '+4');
  const person: fc.Arbitrary<Person> = fc.record(
    { phone: id, userId: id, parentUserId: id, providerId: id },
    { requiredKeys: [] },
  );
  const someone = person.filter((told) => aliasesOf(told).length > 0);
  const acts = fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.record({ told: someone }) },
      { weight: 1, arbitrary: fc.record({ previous: someone, next: someone }) },
    ),
    { maxLength: 40 },
  );
  const kinds = ['phone', 'userId', 'parentUserId', 'providerId'] as const;

  it('holds whatever comes: every id it goes by is its own, and what is told once more changes nothing', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const book = addressBook();
        for (const act of sequence) {
          if ('told' in act) {
            const first = book.tell(act.told).id;
            const before = structuredClone([...book.contacts]);
            assert.deepEqual(book.tell(act.told), { id: first, conflicts: 0 });
            assert.deepEqual([...book.contacts], before);
          } else book.rename(act.previous, act.next);
          for (const contact of book.contacts.values()) {
            for (const alias of aliasesOf(contact)) {
              assert.equal(book.owners.get(alias), contact.id, `${alias} of ${contact.id}`);
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is never lost to another: an id that a contact goes by leaves it only by its own change', () => {
    fc.assert(
      fc.property(acts, (sequence) => {
        const book = addressBook();
        for (const act of sequence) {
          const before = new Map(book.contacts);
          const meant = 'told' in act ? book.tell(act.told).id : undefined;
          if ('previous' in act) book.rename(act.previous, act.next);
          const changed = [...before].filter(([key, contact]) => {
            const now = book.contacts.get(key)!;
            return kinds.some((kind) => now[kind] !== contact[kind]);
          });
          assert.ok(changed.length <= 1, 'two contacts changed at once');
          if (meant !== undefined) assert.ok(changed.every(([key]) => key === meant));
          assert.ok([...before.keys()].every((key) => book.contacts.has(key)));
        }
      }),
      { numRuns: 500 },
    );
  });
});
