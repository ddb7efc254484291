import type { SandboxKeys } from '../../src/sandbox/options/sandbox-credentials.js';

/** What the runner tells its two processes at their start. */
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
