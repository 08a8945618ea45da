import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import fc from 'fast-check';
import {
  decoyHash,
  hashPassword,
  isPasswordHash,
  verifyPassword,
} from '../../../src/desktop/server/password.ts';

describe('password', () => {
  it('verifies every password against its own hash and no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), async (password, other) => {
        const hash = await hashPassword(password, { ln: 1 });
        assert.ok(isPasswordHash(hash));
        assert.equal(await verifyPassword(password, hash), true);
        const same = password.normalize('NFC') === other.normalize('NFC');
        assert.equal(await verifyPassword(other, hash), same);
      }),
      { numRuns: 50 },
    );
  });

  it('keeps it as scrypt with 2^17 rounds unless told otherwise, with a new salt each time', async () => {
    const [one, other] = await Promise.all([hashPassword('x'), hashPassword('x')]);
    assert.match(one, /^\$scrypt\$ln=17,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    assert.notEqual(one, other);
  });

  it('verifies a hash that another program has made', async () => {
    const salt = Buffer.from('0123456789abcdef');
    const hash = scryptSync('tre civette', salt, 32, { N: 1024, r: 8, p: 2 });
    const text = [salt, hash].map((bytes) => bytes.toString('base64').replace(/=+$/, '')).join('$');
    assert.equal(await verifyPassword('tre civette', `$scrypt$ln=10,r=8,p=2$${text}`), true);
    assert.equal(await verifyPassword('tre civette ', `$scrypt$ln=10,r=8,p=2$${text}`), false);
  });

  it('takes an accented letter for the same however a keyboard composes it', async () => {
    const hash = await hashPassword('perch\u00e9', { ln: 1 });
    assert.equal(await verifyPassword('perche\u0301', hash), true);
  });

  it('has no password for what is not such a hash, or costs too much to check', async () => {
    const salt = 'A'.repeat(22);
    const hash = 'B'.repeat(43);
    for (const text of [
      '',
      'plain text',
      '$2b$12$abcdefghijklmnopqrstuv',
      `$scrypt$ln=17,r=8,p=1$${salt}$`,
      `$scrypt$ln=0,r=8,p=1$${salt}$${hash}`,
      `$scrypt$ln=20,r=8,p=1$${salt}$${hash}`,
      `$scrypt$ln=17,r=99,p=1$${salt}$${hash}`,
      `$scrypt$ln=4,r=8,p=9$${salt}$${hash}`,
      `$scrypt$ln=4,r=8,p=1$${salt}$${hash}\n`,
    ]) {
      assert.equal(isPasswordHash(text), false, text);
      assert.equal(await verifyPassword('', text), false, text);
    }
  });

  it('makes decoys that cost as much as the example and that nothing opens', async () => {
    const decoy = decoyHash(await hashPassword('x', { ln: 3 }));
    assert.match(decoy, /^\$scrypt\$ln=3,r=8,p=1\$/);
    assert.equal(await verifyPassword('x', decoy), false);
    assert.match(decoyHash(undefined), /^\$scrypt\$ln=17,/);
  });
});
