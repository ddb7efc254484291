import { execFileSync } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { createTemporaryFolder, type TemporaryFolder } from '../../test/support/temporary-folder.js';
import { restoreCluster } from './restore.js';

describe('restoreCluster', () => {
  let folder: TemporaryFolder;
  let home: string;
  let backup: string;
  let cluster: string;
  let secret: string;

  beforeEach(async () => {
    folder = await createTemporaryFolder();
    home = dirname(folder.dataDir);
    [backup, cluster, secret] = [join(home, 'backup'), join(home, 'cluster'), join(home, 'secret')];
    for (const part of ['global', 'pg_wal', 'base']) await mkdir(join(backup, part), { recursive: true });
    for (const file of ['PG_VERSION', 'backup_label', join('global', 'pg_control'), join('base', '1')]) {
      await writeFile(join(backup, file), file);
    }
    await writeFile(secret, 'nobody’s business');
    await chmod(secret, 0o640);
  });
  afterEach(() => folder.remove());

  const restore = () => restoreCluster(backup, cluster, join(home, 'before'));

  /** Whatever of the secret an attacker could want changed. */
  async function lookAtSecret(): Promise<unknown> {
    const { uid, gid, mode } = await stat(secret);
    return { uid, gid, mode, text: await readFile(secret, 'utf8') };
  }

  it('puts files and folders in place', async () => {
    await expect(restore()).resolves.toBe(false);
    expect(await readFile(join(cluster, 'base', '1'), 'utf8')).toBe(join('base', '1'));
  });

  it.each([
    ['a link to a file', (place: string) => symlink(secret, place)],
    ['a link to a folder', (place: string) => symlink(home, place)],
    ['a link to nothing', (place: string) => symlink('/nowhere/at/all', place)],
    ['a link within the backup', (place: string) => symlink('1', place)],
    ['a pipe', async (place: string) => void execFileSync('mkfifo', [place])],
  ])('refuses a backup with %s in it, and touches nothing', async (_, make) => {
    await make(join(backup, 'base', 'odd'));
    const before = await lookAtSecret();
    await expect(restore()).rejects.toThrow(
      `${join(backup, 'base', 'odd')} is neither a file nor a folder: this is not what npm run backup made.`,
    );
    expect(await lookAtSecret()).toEqual(before);
    expect((await readdir(home)).filter((name) => name.startsWith('cluster'))).toEqual([]);
  });

  it.each(['PG_VERSION', 'global', 'pg_wal'])('refuses a backup whose %s is a link', async (part) => {
    await rename(join(backup, part), join(home, 'elsewhere'));
    await symlink(join(home, 'elsewhere'), join(backup, part));
    await expect(restore()).rejects.toThrow(`${join(backup, part)} is neither a file nor a folder`);
  });

  it('takes a backup that the operator names by a link', async () => {
    await symlink(backup, join(home, 'latest'));
    await expect(restoreCluster(join(home, 'latest'), cluster, join(home, 'before'))).resolves.toBe(false);
    expect(await readFile(join(cluster, 'PG_VERSION'), 'utf8')).toBe('PG_VERSION');
  });
});
