import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { summary, type Load } from './load.js';

/** What every handler of the bench answers. */
const BODY = Buffer.from('{"done":true}');
const OK = Buffer.from('HTTP/1.1 200 ');

/** Where the requests of a connection go: each time one of these, by chance. */
export interface Target {
  hostname: string;
  port: number;
  requests: readonly Buffer[];
}

/** @returns a request for each token */
export function requestsTo(url: string, path: string, tokens: readonly string[]): Target {
  const { host, hostname, port } = new URL(url);
  const requests = tokens.map((token) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\nAuthorization: Bearer ${token}\r\n\r\n`),
  );
  return { hostname, port: Number(port), requests };
}

/**
 * Connections that each send the next request as soon as they have their answer, for so many seconds.
 *
 * A client of HTTP made for everything takes twice the CPU of this one, on the same cores as what is measured, and would
 * so be measured with it: the slower the client, the more alike do all handlers look.
 *
 * @throws where an answer isn't the one that the handlers give, in one piece
 */
export async function httpLoad(targets: readonly Target[], seconds: number): Promise<Load> {
  const connections = await Promise.all(targets.map(Connection.open));
  const start = performance.now();
  const end = start + seconds * 1000;
  const times = await Promise.all(connections.map((connection) => connection.work(end)));
  return summary(times.flat(), performance.now() - start);
}

class Connection {
  private readonly times: number[] = [];
  private sentAt = 0;
  private end = 0;
  private settle!: { resolve(times: number[]): void; reject(error: Error): void };

  private constructor(
    private readonly socket: Socket,
    /** Into which the socket reads, always from its beginning. */
    private readonly buffer: Buffer,
    private readonly requests: readonly Buffer[],
  ) {}

  static async open(this: void, { hostname, port, requests }: Target): Promise<Connection> {
    const buffer = Buffer.alloc(4096);
    const onread = { buffer, callback: (bytes: number) => connection.read(bytes) };
    const socket = connect({ host: hostname, port, onread, noDelay: true });
    const connection: Connection = new Connection(socket, buffer, requests);
    await once(socket, 'connect');
    return connection;
  }

  /** @returns how long each request took, in milliseconds. */
  work(end: number): Promise<number[]> {
    this.end = end;
    return new Promise((resolve, reject) => {
      this.settle = { resolve, reject };
      this.socket.once('error', reject).once('close', () => reject(new Error('the server hung up')));
      this.send();
    });
  }

  private send(): void {
    this.sentAt = performance.now();
    this.socket.write(this.requests[Math.floor(Math.random() * this.requests.length)]!);
  }

  /** @returns whether to go on reading */
  private read(bytes: number): boolean {
    const answer = this.buffer.subarray(0, bytes);
    // Servers write a small answer at once; what ends otherwise is another answer.
    if (!answer.subarray(0, OK.length).equals(OK) || !answer.subarray(-BODY.length).equals(BODY)) {
      return this.stop(new Error(`the server answered ${answer.toString('latin1')}`));
    }
    const now = performance.now();
    this.times.push(now - this.sentAt);
    if (now >= this.end) return this.stop();
    this.send();
    return true;
  }

  private stop(error?: Error): false {
    this.socket.destroy();
    if (error) this.settle.reject(error);
    else this.settle.resolve(this.times);
    return false;
  }
}
