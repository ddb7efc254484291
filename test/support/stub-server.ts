import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StubRequest {
  method: string;
  /** As it came over the wire: the path with its query. */
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** What to send back; a function takes the response into its own hands. */
export type StubReply =
  { status: number; headers?: Record<string, string>; body: string } | ((response: ServerResponse) => void);

export interface StubServer {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  requests: StubRequest[];
  close(): Promise<void>;
}

/** A server on loopback that records each request and answers as `reply` says. */
export async function stubServer(reply: (request: StubRequest) => StubReply): Promise<StubServer> {
  const requests: StubRequest[] = [];
  const server = createServer(async (incoming, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = incoming;
    const request = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') };
    requests.push(request);
    const answer = reply(request);
    if (typeof answer === 'function') return answer(response);
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve, reject) => {
        server.closeAllConnections();
        server.close((error) => (error ? reject(error) : resolve()));
      }),
  };
}
