import { once } from 'node:events';
import type { SandboxKeys } from '../../src/sandbox/sandbox-credentials.js';

/** What the runner tells its two processes at their start, in the variable CHAOS_SETTINGS. */
export interface ProcessSettings {
  port: number;
  gatewayUrl: string;
  databaseUrl: string;
  journalPath: string;
  keys: SandboxKeys;
  aheadMs: number;
}

/** Later; each is answered by `{ done }` with a number. */
export type Order =
  /** Begin; until then a process only loads its code, so that a dead one's successor is there at once. */
  | { do: 'begin' }
  /** Kill yourself at that point. */
  | { do: 'arm'; point: string; skip: number }
  | { do: 'disarm' }
  | { do: 'forward'; ms: number }
  /** Carry out every check that is due. */
  | { do: 'runDue' }
  /** A month goes by, and everybody looks at once at what the new one gives. */
  | { do: 'turnMonth' }
  /** Somebody at the channel changes what an order costs. */
  | { do: 'cheapen'; orderId: string }
  /** The channel gives an order the trade number of one that is paid already. */
  | { do: 'twin'; orderId: string };

export function settingsOfProcess(): ProcessSettings {
  return JSON.parse(process.env.CHAOS_SETTINGS ?? '{}') as ProcessSettings;
}

/** Ends with the runner. */
export async function untilBegun(): Promise<void> {
  process.on('disconnect', () => process.exit(0));
  await once(process, 'message');
}

/** Says that it is ready, and answers the runner's orders. */
export function obey(carryOut: (order: Order) => Promise<number> | number): void {
  process.on('message', async (order: Order) => {
    process.send?.({ done: await carryOut(order) });
  });
  process.send?.({ done: 0 });
}
