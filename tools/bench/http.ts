import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Cluster } from './cluster.js';
import type { Effort } from './effort.js';
import { httpLoad, requestsTo, type Target } from './http-load.js';
import type { Ready } from './http-server.js';
import { byTurns, type Contestant } from './load.js';

/** As many as there are callers without HTTP. */
const CONNECTIONS = 256;

/** Until the compiler has seen what a handler needs, it takes twice the time that it takes from then on. */
const WARM_SECONDS = 5;

type Handlers = Record<'bare' | 'signedIn' | 'guarded', Contestant>;

export interface HttpFigures {
  /** Requests per second, behind `@RequireQuota` to unguarded: in one process, and with a second one beside it. */
  guard: { ratio: number; twoProcessesRatio: number; raw: { one: Handlers; two: Handlers } };
}

interface Server extends Ready {
  process: ChildProcess;
}

export async function measureHttp(cluster: Cluster, effort: Effort): Promise<HttpFigures> {
  const servers: Server[] = [];
  try {
    servers.push(await startServer(cluster.url));
    const one = await handlers(servers, effort);
    servers.push(await startServer(cluster.url));
    const two = await handlers(servers, effort);
    const ratio = ({ guarded }: Handlers) => guarded.toFirst.perSecond;
    return { guard: { ratio: ratio(one), twoProcessesRatio: ratio(two), raw: { one, two } } };
  } finally {
    await Promise.all(servers.map(stopServer));
  }
}

async function startServer(databaseUrl: string): Promise<Server> {
  const child = fork(fileURLToPath(new URL('./http-server.ts', import.meta.url)), [databaseUrl], {
    execArgv: ['--import', new URL('../../test/support/typescript-hooks.mjs', import.meta.url).href],
  });
  const ended = once(child, 'exit').then(() => {
    throw new Error('a server of the bench ended before it was ready');
  });
  const [ready] = (await Promise.race([once(child, 'message'), ended])) as [Ready];
  ended.catch(() => {});
  return { ...ready, process: child };
}

async function stopServer({ process }: Server): Promise<void> {
  const ended = once(process, 'exit');
  process.disconnect();
  await ended;
}

async function handlers(servers: readonly Server[], effort: Effort): Promise<Handlers> {
  const contestants = (seconds: number) => ({
    bare: () => httpLoad(targets(servers, '/bare'), seconds),
    signedIn: () => httpLoad(targets(servers, '/signed-in'), seconds),
    guarded: () => httpLoad(targets(servers, '/guarded'), seconds),
  });
  await byTurns(1, contestants(WARM_SECONDS));
  return byTurns(effort.rounds, contestants(effort.seconds));
}

/** Shares the connections among the servers. Every request carries a token, so that all are of the same size. */
function targets(servers: readonly Server[], path: string): Target[] {
  const each = servers.map(({ url, tokens }) => requestsTo(url, path, tokens));
  return Array.from({ length: CONNECTIONS }, (_, n) => each[n % each.length]!);
}
