import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { ExpressAdapter, type NestExpressApplication } from '@nestjs/platform-express';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { SandboxKeys } from '../../src/sandbox/options/sandbox-credentials.js';
import { SandboxModule } from '../../src/sandbox/sandbox.module.js';
import type { SandboxOptions } from '../../src/sandbox/options/sandbox.options.js';
import { MovableClock } from './movable-clock.js';
import { sandboxKeys } from './sandbox-keys.js';

export interface RunningSandbox {
  url: string;
  keys: SandboxKeys;
  clock: MovableClock;
  /** Ends it early; {@link stopEverything} does so otherwise. */
  close(): Promise<void>;
}

/** What a test started: a test that fails in the middle must not leave a listening server behind. */
const started = new Set<() => Promise<void>>();

export async function stopEverything(): Promise<void> {
  await Promise.all([...started].map((stop) => stop()));
}

function stoppable(stop: () => Promise<void>): () => Promise<void> {
  const once = (): Promise<void> => (started.delete(once) ? stop() : Promise.resolve());
  started.add(once);
  return once;
}

export type SandboxSetup = Partial<Omit<SandboxOptions, 'credentials' | 'clock'>> & {
  keys?: SandboxKeys;
  on?: 'fastify' | 'express';
};

/** A Nest application with the sandbox alone, listening on a free port of the loopback interface. */
export async function startSandbox(setup: SandboxSetup = {}): Promise<RunningSandbox> {
  const { keys = sandboxKeys, on = 'fastify', ...options } = setup;
  const clock = new MovableClock();
  let url = '';
  const module = SandboxModule.forRoot({
    publicUrl: () => url,
    gatewayUrl: () => url,
    journalPath: null,
    notifyDelaysMs: [1, 1, 1, 1, 1],
    ...options,
    credentials: keys.gateway,
    clock,
  });
  const settings = { rawBody: true, logger: false as const };
  const app =
    on === 'fastify'
      ? await NestFactory.create<NestFastifyApplication>(
          module,
          new FastifyAdapter({ routerOptions: { ignoreTrailingSlash: true } }),
          settings,
        )
      : await NestFactory.create<NestExpressApplication>(module, new ExpressAdapter(), settings);
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  return { url, keys, clock, close: stoppable(() => app.close()) };
}

export interface Delivery {
  headers: IncomingHttpHeaders;
  body: string;
}

export interface MerchantReply {
  status: number;
  body?: string;
  headers?: Record<string, string>;
}

/** The merchant's end of notifications: records each one, and answers as the test says. */
export class MerchantEndpoint {
  /** What to answer next, in order; afterwards what it was started with. */
  readonly replies: MerchantReply[] = [];
  private readonly arrived: Delivery[] = [];
  private readonly waiting: ((delivery: Delivery) => void)[] = [];

  /** Ends it early; {@link stopEverything} does so otherwise. */
  readonly close = stoppable(async () => {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  });

  private constructor(private readonly server: Server) {}

  static async start(reply: MerchantReply): Promise<MerchantEndpoint> {
    const server = createServer();
    const endpoint = new MerchantEndpoint(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { status, body, headers } = endpoint.replies.shift() ?? reply;
        response.writeHead(status, headers).end(body);
        endpoint.take({ headers: request.headers, body: Buffer.concat(chunks).toString('utf8') });
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return endpoint;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/notify`;
  }

  /** The next notification, waited for if it isn't there yet. */
  next(): Promise<Delivery> {
    const delivery = this.arrived.shift();
    if (delivery) return Promise.resolve(delivery);
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  /** How many came that nobody has asked for. */
  get unread(): number {
    return this.arrived.length;
  }

  private take(delivery: Delivery): void {
    const waiting = this.waiting.shift();
    if (waiting) waiting(delivery);
    else this.arrived.push(delivery);
  }
}

let orders = 0;

/** A fresh 32-character order number. */
export function newOrderId(): string {
  orders += 1;
  return `T${Date.now()}${String(orders).padStart(18, '0')}`;
}

/** The buyer's button. */
export function payAsBuyer(sandbox: RunningSandbox, orderId: string): Promise<Response> {
  return fetch(`${sandbox.url}/sandbox/payments/${orderId}/pay`, { method: 'POST' });
}
