import { CliError } from './cli-error.js';

const PATIENCE_MS = 10_000;

/** One request to the running service. @throws CliError where it can't be reached */
export async function ask(
  url: string,
  method: string,
  { headers = {}, body }: { headers?: Record<string, string>; body?: string } = {},
): Promise<Response> {
  try {
    return await fetch(url, {
      method,
      redirect: 'manual',
      headers: { 'accept-language': 'en', ...headers },
      signal: AbortSignal.timeout(PATIENCE_MS),
      ...(body === undefined ? {} : { body }),
    });
  } catch (error) {
    const cause = (error as Error).cause as Error | undefined;
    throw new CliError([`${url} can't be reached: ${cause?.message || (error as Error).message}.`]);
  }
}

/** The JSON of an answer below 400; nothing of a 204. @throws CliError with what the service says */
export async function answerOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (response.ok) return text === '' ? null : JSON.parse(text);
  const said = problemIn(text);
  throw new CliError([`The service answered ${response.status}${said === null ? '' : `: ${said}`}`]);
}

function problemIn(text: string): string | null {
  try {
    const { code, detail } = JSON.parse(text) as { code?: string; detail?: string };
    return [code, detail].filter(Boolean).join(': ') || null;
  } catch {
    return null;
  }
}

/** Where the service answers: `--url`, PUBLIC_URL, or where a development instance listens. */
export function serviceUrl(given: string | undefined): string {
  const { PUBLIC_URL, HOST = '127.0.0.1', PORT = '3000' } = process.env;
  const url = given ?? (PUBLIC_URL || `http://${HOST}:${PORT}`);
  if (URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)) return url.replace(/\/+$/, '');
  throw new CliError([`${url} is not an address with http:// or https://.`]);
}

/** For what administrators do over HTTP: COMMERCIAL_TOKEN, or a sign-in by ADMIN_EMAIL and ADMIN_PASSWORD. */
export async function administratorToken(url: string): Promise<string> {
  const { COMMERCIAL_TOKEN: token, ADMIN_EMAIL: email, ADMIN_PASSWORD: password } = process.env;
  if (token) return token;
  if (!email || !password) {
    throw new CliError([
      'Sign in as an administrator: set ADMIN_EMAIL and ADMIN_PASSWORD, or COMMERCIAL_TOKEN.',
    ]);
  }
  const answer = await ask(`${url}/auth/login`, 'POST', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return ((await answerOf(answer)) as { accessToken: string }).accessToken;
}
