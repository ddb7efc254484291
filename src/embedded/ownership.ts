import { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { Client } from 'pg';

/** Advisory locks are local to a database: in `postgres` it can't meet a lock of the application's. */
const LOCK_DATABASE = 'postgres';
const LOCK_KEY = '1';

const CONNECT_TIMEOUT_MS = 5_000;

/** A killed owner's lock ends with its connection, which the server notices within moments. */
const CLAIM_PATIENCE_MS = 2_000;
const CLAIM_POLL_MS = 50;
const RECLAIM_MS = 1_000;

export interface OwnershipEvents {
  log: (line: string) => void;
  /**
   * The server can't be reached; asked again until it can. Doesn't throw.
   * @returns whether it was started again, so that it can be claimed before anybody else does
   */
  unreachable: () => Promise<boolean>;
}

/**
 * The mark of the one app that may stop the server: a session-level advisory lock on a connection of its
 * own. It ends with the process however that ends, and so is never stale.
 */
export class Ownership {
  private released = false;
  private reclaiming = Promise.resolve();
  /** Whose the server is meanwhile; null while it is this app's, or nobody's. */
  private owner: string | null = null;

  private constructor(
    private client: Client,
    private readonly url: string,
    private readonly events: OwnershipEvents,
  ) {}

  /**
   * @returns the ownership, or the living owner's process id when there is one
   * @throws the driver's error when the server can't be reached
   */
  static async claim(url: string, events: OwnershipEvents): Promise<Ownership | { ownedBy: string }> {
    const claimed = await claimOnce(url, CLAIM_PATIENCE_MS);
    if ('ownedBy' in claimed) return claimed;
    const ownership = new Ownership(claimed, url, events);
    ownership.watch(claimed);
    return ownership;
  }

  /** Ends the connection; a server that is already gone is no error. */
  async release(): Promise<void> {
    await this.abandon();
    await this.client.end().catch(() => {});
  }

  get isLost(): boolean {
    return this.owner !== null;
  }

  /** From now on a lost connection is expected: the server is being stopped. What answers one is over on return. */
  async abandon(): Promise<void> {
    this.released = true;
    await this.reclaiming;
  }

  private watch(client: Client): void {
    client.once('end', () => {
      if (this.released) return;
      this.events.log(
        'The embedded PostgreSQL closed the connection that marks this app as its owner; claiming it again.',
      );
      this.reclaimLater();
    });
  }

  private reclaimLater(): void {
    setTimeout(() => (this.reclaiming = this.reclaim()), RECLAIM_MS).unref();
  }

  private async reclaim(): Promise<void> {
    if (this.released) return;
    const claimed = await claimOnce(this.url, 0).catch(() => undefined);
    if (claimed === undefined) {
      // Whoever had it has it no longer: what is started now is this app's to stop, claimed or not.
      this.owner = null;
      const startedAgain = !this.released && (await this.events.unreachable());
      return startedAgain ? this.reclaim() : this.reclaimLater();
    }
    if ('ownedBy' in claimed) return this.yieldTo(claimed.ownedBy);
    this.owner = null;
    this.client = claimed;
    this.watch(claimed);
    if (this.released) await claimed.end();
  }

  /** Another app or a tool was quicker. What it started it stops, and then it is this one's turn again. */
  private yieldTo(owner: string): void {
    if (owner !== this.owner) this.events.log(`The embedded PostgreSQL now belongs to process ${owner}.`);
    this.owner = owner;
    this.reclaimLater();
  }
}

async function claimOnce(url: string, patienceMs: number): Promise<Client | { ownedBy: string }> {
  const socket = new Socket();
  const client = new Client({
    connectionString: Object.assign(new URL(url), { pathname: `/${LOCK_DATABASE}` }).href,
    application_name: `owner ${process.pid}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    // A server that hangs must not keep the app from ending.
    query_timeout: CONNECT_TIMEOUT_MS,
    stream: () => socket,
  });
  // The end of the connection is what counts, and `watch` listens for that; unheard, the error would end the process.
  client.on('error', () => {});
  await client.connect();
  try {
    const deadline = performance.now() + patienceMs;
    while (!(await tryLock(client))) {
      if (performance.now() > deadline) return { ownedBy: await ownerOf(client) };
      await delay(CLAIM_POLL_MS);
    }
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  // A command-line tool may end without stopping anything: the mark alone must not keep it running.
  socket.unref();
  return client;
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_lock(${LOCK_KEY}) AS locked`,
  );
  return rows[0]!.locked;
}

async function ownerOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ pid: string }>(
    `SELECT substring(application_name FROM '\\d+') AS pid
       FROM pg_locks JOIN pg_stat_activity USING (pid)
      WHERE locktype = 'advisory' AND granted AND objid = ${LOCK_KEY} AND datname = current_database()`,
  );
  await client.end();
  return rows[0]?.pid ?? 'unknown';
}
