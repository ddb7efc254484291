import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

/** A bill of a large merchant takes its time; a connection that hangs must end all the same. */
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

export interface BillFile {
  path: string;
  /** Lower-case hex, over the bytes as they came. */
  sha1: string;
}

/**
 * Downloads a bill into a temporary file, and removes that when the reader is done with it or gives up. A file, since
 * a zip is read from its end, and a checksum known only after the last byte must be right before the first line counts.
 *
 * @throws Error for an answer other than 200, a time-out or a broken connection
 */
export async function* readDownloadedBill<T>(
  request: { url: string; headers?: Record<string, string> },
  read: (file: BillFile) => AsyncIterable<T>,
): AsyncGenerator<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bill-'));
  try {
    const path = join(folder, 'bill');
    yield* read({ path, sha1: await download(request, path) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(
  { url, headers = {} }: { url: string; headers?: Record<string, string> },
  path: string,
): Promise<string> {
  const response = await fetch(url, {
    headers,
    redirect: 'error',
    signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS),
  });
  if (response.status !== 200 || response.body === null) {
    await response.body?.cancel();
    throw new Error(`the download of the bill answered HTTP ${response.status}`);
  }
  const hash = createHash('sha1');
  const bytes = Readable.fromWeb(response.body as ReadableStream);
  await pipeline(
    bytes,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  );
  return hash.digest('hex');
}
