/** What Fastify's and Express's requests have in common, as far as the sandbox reads them. */
export interface SandboxRequest {
  method: string;
  headers: Record<string, string | string[] | undefined>;
  /** Path and query as they were on the wire. */
  originalUrl: string;
  /** The connection that it came by. */
  socket: { destroy(): unknown };
  rawBody?: Buffer;
  body?: unknown;
}

/** What Fastify's reply and Express's response have in common. */
export interface SandboxReply {
  status(code: number): SandboxReply;
  header(name: string, value: string): unknown;
  send(body: string | Buffer): unknown;
}

export interface SandboxAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string | Buffer;
}

/**
 * The bytes of the body as they came: signatures are made over these.
 * @throws Error if the application was created without `rawBody: true`.
 */
export function rawBodyOf(request: SandboxRequest): Buffer {
  if (request.rawBody) return request.rawBody;
  if (request.body === undefined || request.body === null || isEmptyObject(request.body))
    return Buffer.alloc(0);
  throw new Error('The sandbox needs raw bodies: create the Nest application with { rawBody: true }.');
}

/** Every answer of the gateways leaves through here. */
export function sendAnswer(reply: SandboxReply, answer: SandboxAnswer): void {
  for (const [name, value] of Object.entries(answer.headers)) reply.header(name, value);
  reply.status(answer.status).send(answer.body);
}

export function headerOf(request: SandboxRequest, name: string): string | null {
  const value = request.headers[name];
  return typeof value === 'string' ? value : null;
}

/** The query's parameters in the order in which they stand. */
export function queryOf(request: SandboxRequest): URLSearchParams {
  const start = request.originalUrl.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : request.originalUrl.slice(start + 1));
}

function isEmptyObject(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Object.keys(body).length === 0;
}
