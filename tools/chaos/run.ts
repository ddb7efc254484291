import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createDataSource } from '../../src/commercial/data-source.js';
import { createSandboxCredentials } from '../../src/sandbox/index.js';
import { Child } from '../../test/support/child.js';
import { CRASH_POINTS } from '../../test/support/crash-points.js';
import { Buyers } from './buyers.js';
import { findViolations, readJournal } from './compare.js';
import type { Order, ProcessSettings } from './messages.js';
import { Random } from './random.js';

export interface ChaosReport {
  operations: Record<string, number>;
  answers: Record<string, number>;
  /** By the point at which the app died. */
  kills: Record<string, number>;
  faults: Record<string, number>;
  orders: { atChannel: number; paid: number; refunds: number };
  violations: string[];
}

/** How long the mischief lasts: so much time, or until so much work is done, however slow the machine. */
export type RunLength = { minutes: number } | { operations: number; kills: number; faults: number };

const APP = new URL('app-process.ts', import.meta.url);
const GATEWAY = new URL('gateway-process.ts', import.meta.url);
const BUYERS = 6;

/** Business time that passes at the end, with every check that falls due: expiry, last looks, slow refunds. */
const ENDING_MS = [
  0,
  60_000,
  45 * 60_000,
  60_000,
  60_000,
  10 * 60_000,
  60 * 60_000,
  5 * 3_600_000,
  30 * 3_600_000,
];

/** One run on a migrated, empty database: mischief for a while, then peace, then the accounts. */
export async function runChaos(setup: {
  seed: number;
  length: RunLength;
  databaseUrl: string;
}): Promise<ChaosReport> {
  const folder = mkdtempSync(join(tmpdir(), 'chaos-'));
  const [port, gatewayPort] = [await freePort(), await freePort()];
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const settings: ProcessSettings = {
    port,
    gatewayUrl,
    databaseUrl: setup.databaseUrl,
    journalPath: join(folder, 'journal.jsonl'),
    keys: createSandboxCredentials(),
    aheadMs: 0,
  };
  const gateway = await Child.load<Order>(GATEWAY, { ...settings, port: gatewayPort }).begin();
  const chaos = new Chaos(setup.seed, settings, gateway);
  try {
    await chaos.mischief(setup.length);
    await chaos.peace();
    const dataSource = await createDataSource({ url: setup.databaseUrl, poolSize: 2 }).initialize();
    const journal = readJournal(settings.journalPath);
    const violations = await findViolations(dataSource, journal).finally(() => dataSource.destroy());
    const orders = [...journal.values()];
    return {
      operations: chaos.buyers.counts,
      answers: chaos.buyers.answers,
      kills: chaos.kills,
      faults: chaos.faults,
      orders: {
        atChannel: orders.length,
        paid: orders.filter(({ state }) => state === 'paid').length,
        refunds: orders.reduce((sum, { refunds }) => sum + refunds.length, 0),
      },
      violations,
    };
  } finally {
    await chaos.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

class Chaos {
  readonly buyers: Buyers;
  readonly kills: Record<string, number> = {};
  readonly faults: Record<string, number> = {};
  private readonly random: Random;
  private app: Child<Order> | null = null;
  /** The app's next life, loaded already. */
  private spare: Child<Order> | null = null;
  private isUp: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly seed: number,
    private readonly settings: ProcessSettings,
    private readonly gateway: Child<Order>,
  ) {
    this.random = new Random(seed);
    this.buyers = new Buyers(`http://127.0.0.1:${settings.port}`, settings.gatewayUrl, String(seed));
  }

  async mischief(length: RunLength): Promise<void> {
    await this.startApp();
    const started = Date.now();
    const isOver = () =>
      'minutes' in length
        ? Date.now() >= started + length.minutes * 60_000
        : total(this.buyers.counts) >= length.operations &&
          total(this.kills) >= length.kills &&
          total(this.faults) >= length.faults;
    const buyers = Array.from({ length: BUYERS }, async (_, index) => {
      const random = new Random(this.seed * 1_000 + index);
      while (!isOver()) {
        await this.isUp;
        await this.buyers.act(random);
      }
    });
    await Promise.all([...buyers, this.killAgainAndAgain(isOver), this.disturb(isOver)]);
  }

  /** Nothing goes wrong any more, and all that is due is done. */
  async peace(): Promise<void> {
    await this.clearFaults();
    const app = this.app?.isAlive ? this.app : await this.startApp();
    await app.tell({ do: 'disarm' });
    // Longer than the channel tries to deliver.
    await delay(5_000);
    for (const ms of ENDING_MS) {
      await this.gateway.tell({ do: 'forward', ms });
      await app.tell({ do: 'forward', ms });
      while ((await app.tell({ do: 'runDue' })) ?? 0);
      // Refunds at WeChat Pay are done a moment after they were accepted.
      await delay(100);
    }
    await app.tell({ do: 'turnMonth' });
    if (!app.isAlive) throw new Error('the app died in peace');
  }

  async end(): Promise<void> {
    await Promise.all([this.app?.kill(), this.spare?.kill()]);
    await this.gateway.kill();
  }

  /** Arms one point after another; the app comes back each time on the same port and database. */
  private async killAgainAndAgain(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await delay(200 + this.random.below(1_000));
      const point = this.random.pick(CRASH_POINTS);
      await this.app?.tell({ do: 'arm', point, skip: this.random.below(4) });
      const patience = AbortSignal.timeout(2_500);
      while (this.app?.isAlive && !isOver() && !patience.aborted) await delay(20);
      if (this.app?.isAlive) continue;
      this.kills[point] = (this.kills[point] ?? 0) + 1;
      await this.startApp();
    }
  }

  private async disturb(isOver: () => boolean): Promise<void> {
    while (!isOver()) {
      await delay(100 + this.random.below(700));
      const kind = this.random.pick([...FAULTS, ...TAMPERING, ...TAMPERING, 'clear', 'clear'] as const);
      this.faults[kind] = (this.faults[kind] ?? 0) + 1;
      if (kind === 'clear') await this.clearFaults();
      else if (isTampering(kind)) await this.tamper(kind);
      else await this.addFault(kind);
    }
  }

  private async tamper(kind: (typeof TAMPERING)[number]): Promise<void> {
    // Otherwise a crowd of faults would hide it nearly each time.
    await this.clearFaults();
    const tamper = (orderId: string) => this.gateway.tell({ do: kind, orderId });
    await this.buyers.payTampered(this.random, tamper);
  }

  private async addFault(kind: (typeof FAULTS)[number]): Promise<void> {
    const body = {
      kind,
      times: 1 + this.random.below(3),
      ...(kind === 'delay' || kind === 'late' ? { delayMs: 10 + this.random.below(2_500) } : {}),
      ...(kind === 'duplicate' ? { copies: 2 + this.random.below(7) } : {}),
    };
    const headers = { 'content-type': 'application/json' };
    const url = `${this.settings.gatewayUrl}/sandbox/faults`;
    const { status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
    if (status !== 201) throw new Error(`the fault ${kind} was refused with ${status}`);
  }

  private async clearFaults(): Promise<void> {
    await fetch(`${this.settings.gatewayUrl}/sandbox/faults`, { method: 'DELETE' });
  }

  private async startApp(): Promise<Child<Order>> {
    const next = this.spare ?? Child.load<Order>(APP, this.settings);
    this.app = next;
    const started = next.begin();
    this.isUp = started;
    await started;
    this.spare = Child.load<Order>(APP, this.settings);
    return next;
  }
}

const FAULTS = [
  'delay',
  'drop',
  'error',
  'outage',
  'unsigned',
  'tampered',
  'duplicate',
  'reorder',
  'late',
  'suppress',
  'probe',
] as const;

/** What no honest channel does: the settlement has to notice. */
const TAMPERING = ['cheapen', 'twin'] as const;

function isTampering(kind: string): kind is (typeof TAMPERING)[number] {
  return (TAMPERING as readonly string[]).includes(kind);
}

export function total(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

async function freePort(): Promise<number> {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  await new Promise((resolve) => holder.close(resolve));
  return port;
}
