import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface SeenRequest {
  method: string;
  /** The path with its query. */
  url: string;
  headers: IncomingMessage['headers'];
  body: unknown;
}

/** One answer, good or bad. */
export type Behaviour = (response: ServerResponse) => void;

export interface HostileServer {
  url: string;
  seen: SeenRequest[];
  /** How it answers the requests that come next, one each; the last goes on for all others. */
  behave(...behaviours: Behaviour[]): void;
  /** The Idempotency-Keys that came, in their order. */
  keys(): (string | undefined)[];
  close(): Promise<void>;
}

export const answer =
  (status: number, body: unknown, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  };

export const problem = (
  status: number,
  code: string,
  headers: Record<string, string> = {},
  more = {},
): Behaviour =>
  answer(
    status,
    { type: 'about:blank', title: code, status, detail: `it is ${code}`, code, ...more },
    { 'content-type': 'application/problem+json', 'x-request-id': 'request-1', ...headers },
  );

export const html =
  (status: number): Behaviour =>
  (response) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end('<html><body>Bad Gateway</body></html>');
  };

/** Closes the connection without an answer. */
export const drop: Behaviour = (response) => void response.socket?.destroy();

/** Promises more than it sends. */
export const cutShort: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"items":');
  setImmediate(() => response.socket?.destroy());
};

/** Never answers. */
export const silence: Behaviour = () => {};

/** Begins an answer, and never ends it. */
export const stall: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write('{');
};

export async function startHostileServer(): Promise<HostileServer> {
  const seen: SeenRequest[] = [];
  let behaviours: Behaviour[] = [silence];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const { method = '', url = '', headers } = request;
      seen.push({ method, url, headers, body: text === '' ? undefined : JSON.parse(text) });
      const behaviour = behaviours.length > 1 ? behaviours.shift()! : behaviours[0]!;
      behaviour(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    behave: (...next) => {
      behaviours = next;
      seen.length = 0;
    },
    keys: () => seen.map(({ headers }) => headers['idempotency-key'] as string | undefined),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
