/** The embedded PostgreSQL can't be used; the message is one line that says why and how to mend it. */
export class EmbeddedPostgresError extends Error {
  override readonly name = 'EmbeddedPostgresError';
}

const DATA_FOLDER_ERRORS = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOSPC', 'EDQUOT']);

/** Turns the file system's refusals into one clear line; every other error passes unchanged. */
export function explainFileError(error: unknown, dataDir: string): unknown {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === undefined || path === undefined || !DATA_FOLDER_ERRORS.has(code)) return error;
  return new EmbeddedPostgresError(
    `The data folder ${dataDir} can't be written (${code} at ${path}): let the user that starts the app own it, ` +
      'free some space, or set DATABASE_URL to a PostgreSQL of your own.',
    { cause: error },
  );
}
