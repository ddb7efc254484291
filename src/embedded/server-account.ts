import { execFile, spawn } from 'node:child_process';
import type { ChildProcess, SpawnOptions } from 'node:child_process';
import { chown, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import type { PostgresBinaries } from './binaries.js';

const OTHERS_MAY_READ = 0o004;
const OTHERS_MAY_EXECUTE = 0o001;

/**
 * PostgreSQL refuses to run as root. The account keeps one capability, to pass through folders that only
 * root may enter; the secure bit makes access(2) respect it, by which PostgreSQL looks for its own files.
 */
const KEEP_FOLDER_ACCESS = [
  '--clear-groups',
  '--no-new-privs',
  '--inh-caps=-all,+dac_override',
  '--ambient-caps=-all,+dac_override',
  '--securebits=+no_setuid_fixup',
  '--',
];

/** The user that PostgreSQL's processes and files belong to. */
export interface ServerAccount {
  spawn(command: string, args: readonly string[], options: SpawnOptions): ChildProcess;
  /** Hands a new file or folder over to the account. */
  takeOver(path: string): Promise<void>;
}

/**
 * The account of the process itself or, for root, the owner of an existing cluster, else `nobody`, which
 * every system has: initdb wants an entry in the user database.
 * @param dataDir absolute path of the cluster; its parent exists
 */
export async function chooseServerAccount(
  dataDir: string,
  binaries: PostgresBinaries,
): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return { spawn, takeOver: async () => {} };
  const { uid, gid } = (await ownerOf(dataDir)) ?? (await nobody());
  const takeOver = (path: string): Promise<void> => chown(path, uid, gid);
  if ((await isOpenToOthers(binaries.postgres)) && (await areFoldersOpenToOthers(dataDir))) {
    return {
      spawn: (command, args, options) => spawn(command, args, { ...options, uid, gid }),
      takeOver,
    };
  }
  const become = [`--reuid=${uid}`, `--regid=${gid}`, ...KEEP_FOLDER_ACCESS];
  return {
    spawn: (command, args, options) => spawn('setpriv', [...become, command, ...args], options),
    takeOver,
  };
}

async function ownerOf(dataDir: string): Promise<{ uid: number; gid: number } | undefined> {
  const owner = await stat(join(dataDir, 'PG_VERSION')).catch(() => undefined);
  return owner === undefined || owner.uid === 0 ? undefined : { uid: owner.uid, gid: owner.gid };
}

async function nobody(): Promise<{ uid: number; gid: number }> {
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await promisify(execFile)('id', [flag, 'nobody'])).stdout)),
  );
  return { uid: uid!, gid: gid! };
}

async function isOpenToOthers(program: string): Promise<boolean> {
  const { mode } = await stat(program);
  const open = OTHERS_MAY_READ | OTHERS_MAY_EXECUTE;
  return (mode & open) === open && (await areFoldersOpenToOthers(program));
}

async function areFoldersOpenToOthers(path: string): Promise<boolean> {
  const folder = dirname(path);
  if (folder === path) return true;
  const { mode } = await stat(folder);
  return (mode & OTHERS_MAY_EXECUTE) !== 0 && areFoldersOpenToOthers(folder);
}
