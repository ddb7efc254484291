import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import autocannon, { type Client } from 'autocannon';
import type { Cluster } from './cluster.js';
import type { Effort } from './effort.js';
import type { Ready } from './http-server.js';
import { byTurns, type Load } from './load.js';

const CONNECTIONS = 128;

/** Each connection builds its requests within the time that is measured, so it gets a few accounts and not all of them. */
const TOKENS_EACH = 4;

type Handlers = Record<'bare' | 'signedIn' | 'guarded', Load>;

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
    const ratio = ({ guarded, bare }: Handlers) => guarded.perSecond / bare.perSecond;
    return { guard: { ratio: ratio(one), twoProcessesRatio: ratio(two), raw: { one, two } } };
  } finally {
    await Promise.all(servers.map(stopServer));
  }
}

async function startServer(databaseUrl: string): Promise<Server> {
  const child = fork(fileURLToPath(new URL('./http-server.ts', import.meta.url)), [databaseUrl], {
    execArgv: ['--import', new URL('../test/support/typescript-hooks.mjs', import.meta.url).href],
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
  const contestants = {
    bare: () => cannon(servers, '/bare', effort.seconds),
    signedIn: () => cannon(servers, '/signed-in', effort.seconds),
    guarded: () => cannon(servers, '/guarded', effort.seconds),
  };
  await byTurns(1, contestants);
  return byTurns(effort.rounds, contestants);
}

/** @returns what gives each connection the next {@link TOKENS_EACH}, in a circle. */
function deal(tokens: readonly string[]): (client: Client) => void {
  let dealt = 0;
  const next = () => ({
    method: 'GET' as const,
    headers: { authorization: `Bearer ${tokens[dealt++ % tokens.length]}` },
  });
  return (client) => client.setRequests(Array.from({ length: TOKENS_EACH }, next));
}

/** The connections are shared among the servers. Every request carries a token, so that all are of the same size. */
async function cannon(servers: readonly Server[], path: string, seconds: number): Promise<Load> {
  const results = await Promise.all(
    servers.map(({ url, tokens }) =>
      autocannon({
        url: url + path,
        connections: CONNECTIONS / servers.length,
        duration: seconds,
        setupClient: deal(tokens),
      }),
    ),
  );
  const failed = results.reduce((sum, { non2xx, errors }) => sum + non2xx + errors, 0);
  if (failed > 0) throw new Error(`${failed} requests to ${path} failed`);
  return {
    perSecond: results.reduce((sum, { requests, duration }) => sum + requests.total / duration, 0),
    p50: Math.max(...results.map(({ latency }) => latency.p50)),
    p99: Math.max(...results.map(({ latency }) => latency.p99)),
  };
}
