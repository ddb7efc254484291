export interface Call {
  /** Sent as JSON; a string, bytes or a form go as they are. */
  body?: unknown;
  token?: string | undefined;
  apiKey?: string;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  /** The parsed JSON, or the text where it is something else; specs know its shape. */
  body: any;
}

/** One request over HTTP, in English unless the headers say otherwise. */
export async function send(
  url: string,
  method: string,
  { body, token, apiKey, headers }: Call,
): Promise<Answer> {
  const isRaw = typeof body === 'string' || body instanceof Uint8Array || body instanceof URLSearchParams;
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: {
      ...(body === undefined || body instanceof URLSearchParams
        ? {}
        : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(apiKey === undefined ? {} : { 'x-api-key': apiKey }),
      'accept-language': 'en',
      ...headers,
    },
    body: body === undefined ? null : isRaw ? (body as string) : JSON.stringify(body),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** How many answers had each status. */
export function statuses(answers: readonly { status: number }[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** The fields that a 400 names, each once. @throws Error where the answer is another. */
export function fieldsAtFault({ status, body }: Answer): string[] {
  if (status !== 400 || body.code !== 'VALIDATION_FAILED')
    throw new Error(`answered ${status} ${JSON.stringify(body)}`);
  return [...new Set((body.errors as { field: string }[]).map((error) => error.field))].sort();
}
