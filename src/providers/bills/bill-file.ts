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

/** A million lines are some 300 MB; what is larger is not a bill, and would fill the disk. */
export const MAX_BILL_BYTES = 1024 * 1024 * 1024;

export interface BillFile {
  path: string;
  /** Lower-case hex, over the bytes as they came. */
  sha1: string;
}

/**
 * Downloads a bill into a temporary file, and removes that when the reader is done with it or gives up. A file, since
 * a zip is read from its end, and a checksum known only after the last byte must be right before the first line counts.
 *
 * @throws Error for an answer other than 200, one of more than `maxBytes`, a time-out or a broken connection
 */
export async function* readDownloadedBill<T>(
  request: { url: string; headers?: Record<string, string> },
  read: (file: BillFile) => AsyncIterable<T>,
  maxBytes = MAX_BILL_BYTES,
): AsyncGenerator<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bill-'));
  try {
    const path = join(folder, 'bill');
    yield* read({ path, sha1: await download(request, path, maxBytes) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * The address of a bill as the channel told it: the gateway's own origin, or https at one of the channel's hosts. A
 * signed header or a request of ours goes nowhere else.
 *
 * @param hosts the channel's domains; their subdomains count
 * @returns the address, by https where the channel told http at a host of its own
 * @throws Error for any other address
 */
export function billUrl(told: string, gateway: string, hosts: readonly string[]): string {
  const url = new URL(told);
  if (url.origin === new URL(gateway).origin && /^https?:$/.test(url.protocol)) return url.href;
  const isTheirs = hosts.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`));
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isTheirs || !isWeb || url.port !== '' || url.username !== '' || url.password !== '')
    throw new Error(`the bill's address is not one of the channel's: ${url.protocol}//${url.host}`);
  url.protocol = 'https:';
  return url.href;
}

async function download(
  { url, headers = {} }: { url: string; headers?: Record<string, string> },
  path: string,
  maxBytes: number,
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
  let received = 0;
  const bytes = Readable.fromWeb(response.body as ReadableStream);
  await pipeline(
    bytes,
    async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        received += chunk.length;
        if (received > maxBytes) throw new Error(`the bill is larger than ${maxBytes} bytes`);
        hash.update(chunk);
        yield chunk;
      }
    },
    createWriteStream(path, { mode: 0o600 }),
  );
  return hash.digest('hex');
}
