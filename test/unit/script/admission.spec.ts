import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, symlink } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { admitScript } from '../../../src/script/admission.ts';
import type { ScriptType } from '../../../src/script/script-type.ts';
import { useScriptFolder } from '../../support/scripts.ts';

describe('the admission of a script', () => {
  const folder = useScriptFolder();
  let script: string;
  beforeEach(async () => {
    script = await folder.add('fail.sh');
  });

  const admit = (path: string, type: ScriptType = 'sh', folders = [folder.path]) =>
    admitScript({ path, type, folders });
  const refuses = (path: string, message: RegExp, type?: ScriptType) =>
    assert.throws(() => admit(path, type), { code: 'E_SCRIPT_DENIED', message });

  it('answers the real path of a file in an allowed folder', async () => {
    assert.equal(admit(script), script);
    assert.equal(admit('fail.sh'), script);
    assert.equal(admit('./fail.sh'), script);
    await symlink(script, join(folder.path, 'link.sh'));
    assert.equal(admit('link.sh'), script);
    await symlink(folder.path, join(folder.outside, 'door'));
    assert.equal(admit('fail.sh', 'sh', [join(folder.outside, 'door')]), script);
  });

  it('takes a relative path from the first allowed folder that has it', async () => {
    const second = join(folder.outside, 'fail.sh');
    await copyFile(script, second);
    await chmod(second, 0o755);
    const missing = join(folder.outside, 'missing');
    assert.equal(admit('fail.sh', 'sh', [missing, folder.outside, folder.path]), second);
  });

  it('refuses a path that leads out of the allowed folders', async () => {
    const other = join(folder.outside, 'other.sh');
    await copyFile(script, other);
    await symlink(other, join(folder.path, 'out.sh'));
    await symlink(folder.outside, join(folder.path, 'door'));
    const ways = [other, relative(folder.path, other), 'out.sh', 'door/other.sh', '/bin/sh'];
    for (const way of ways) refuses(way, /does not lie inside an allowed folder/);
  });

  it('refuses a folder whose name only begins like an allowed one', async () => {
    const sibling = `${folder.path}-too`;
    await mkdir(sibling);
    await copyFile(script, join(sibling, 'a.sh'));
    refuses(join(sibling, 'a.sh'), /does not lie inside/);
  });

  it('refuses what is not there', () => {
    refuses('missing.sh', /there is no such file/);
    assert.throws(() => admit('fail.sh', 'sh', []), { code: 'E_SCRIPT_DENIED' });
  });

  it('refuses what is not a regular file, without opening it', async () => {
    await mkdir(join(folder.path, 'folder'));
    execFileSync('mkfifo', [join(folder.path, 'pipe')]);
    refuses('folder', /not a regular file/);
    refuses('pipe', /not a regular file/);
    refuses('.', /does not lie inside/);
    assert.throws(() => admit('/dev/null', 'sh', ['/dev']), /not a regular file/);
  });

  it('refuses a file that every user may write, or that runs with other rights', async () => {
    await chmod(script, 0o757);
    refuses('fail.sh', /every user may write to it/);
    await chmod(script, 0o4755);
    refuses('fail.sh', /set-user-id/);
  });

  it('refuses a file in a folder that every user may write, unless it is sticky', async () => {
    const inner = join(folder.path, 'inner');
    await mkdir(inner);
    await copyFile(script, join(inner, 'a.sh'));
    await chmod(inner, 0o777);
    refuses('inner/a.sh', /its folder .*inner is not safe: every user may write to it/);
    await chmod(inner, 0o1777);
    assert.equal(admit('inner/a.sh'), join(inner, 'a.sh'));
    await chmod(folder.path, 0o777);
    refuses('inner/a.sh', /its folder .* is not safe/);
  });

  it('wants only a file that is run itself to be executable', async () => {
    await chmod(script, 0o644);
    assert.equal(admit('fail.sh'), script);
    refuses('fail.sh', /not executable/, 'other');
  });
});
