import { DemoError } from './demo-error.js';

export interface Answer<T> {
  status: number;
  headers: Headers;
  body: T;
}

interface Call {
  /** JSON, or a form with files. */
  body?: object | FormData;
  /** The status that the story wants. */
  expect: number;
}

/** One caller's HTTP client of one server. */
export class Client {
  constructor(
    private readonly baseUrl: string,
    private readonly accessToken: string | null = null,
  ) {}

  get<T>(path: string, expect = 200): Promise<Answer<T>> {
    return this.call<T>('GET', path, { expect });
  }

  post<T>(path: string, call: Call): Promise<Answer<T>> {
    return this.call<T>('POST', path, call);
  }

  /** @throws DemoError on any status but the one expected */
  private async call<T>(method: string, path: string, { body, expect }: Call): Promise<Answer<T>> {
    const isForm = body instanceof FormData;
    const response = await fetch(new URL(path, this.baseUrl), {
      method,
      headers: {
        'accept-language': 'en',
        ...(this.accessToken ? { authorization: `Bearer ${this.accessToken}` } : {}),
        ...(body && !isForm ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: isForm ? body : JSON.stringify(body) } : {}),
    }).catch((error: Error) => {
      throw new DemoError(`${method} ${path} got no answer: ${String(error.cause ?? error.message)}`);
    });
    const text = await response.text();
    if (response.status !== expect) {
      throw new DemoError(
        `${method} ${path} answered ${response.status} instead of ${expect}: ${text.slice(0, 500)}`,
      );
    }
    return { status: response.status, headers: response.headers, body: parse<T>(text) };
  }
}

function parse<T>(text: string): T {
  try {
    return (text === '' ? null : JSON.parse(text)) as T;
  } catch {
    return text as T;
  }
}
