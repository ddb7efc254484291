import { createBrowserClient, type BrowserClient } from '@idoctor/commercial-client';
import { currentLanguage } from './i18n.js';

const SESSION = '/portal/session';

/** Of a portal link's session: it has no password, and does less than a sign-in. */
export interface PortalMode {
  flow: string;
  /** Where it came from, and leads back to. */
  returnUrl: string | null;
}

let mode: PortalMode | null = null;

/** Null for who signed in with a password, and before anybody is. */
export function portalMode(): PortalMode | null {
  return mode;
}

/** In the language that is shown at the moment of the request. */
const speakingFetch: typeof fetch = (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set('accept-language', currentLanguage());
  return fetch(input, { ...init, headers });
};

let onSignedOut = (): void => {};

/** What to do when the session has ended elsewhere. */
export function whenSignedOut(act: () => void): void {
  onSignedOut = act;
}

/** The refresh token is in a cookie that no script reads; the access token stays in memory. */
export const client: BrowserClient = createBrowserClient({
  baseUrl: location.origin,
  fetch: speakingFetch,
  onSignedOut: () => onSignedOut(),
  session: {
    refresh: async () => {
      const answer = await speakingFetch(`${SESSION}/refresh`, { method: 'POST' });
      if (answer.status === 204 || answer.status === 401) return null;
      if (!answer.ok) throw new Error(`the session could not be asked for: ${answer.status}`);
      const token = await answer.json();
      mode = token.portal ?? null;
      return token;
    },
  },
});

/** @returns what the link was made for */
export async function openLink(token: string): Promise<PortalMode> {
  const opened = await client.request('POST /portal/session/link', { body: { token } });
  mode = opened.portal;
  client.begin(opened);
  return opened.portal!;
}

export async function signIn(email: string, password: string): Promise<void> {
  mode = null;
  client.begin(await client.request('POST /portal/session', { body: { email, password } }));
}

export async function signUp(email: string, password: string): Promise<void> {
  mode = null;
  client.begin(await client.request('POST /portal/session/registration', { body: { email, password } }));
}

/** Signed out here even where the service can't be told. */
export async function signOut(): Promise<void> {
  try {
    await client.request('DELETE /portal/session');
  } finally {
    client.forget();
  }
}
