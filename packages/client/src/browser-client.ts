import { AccountClient } from './account-client.js';
import { Requester, type ConnectionOptions } from './http/requester.js';
import { AuthApi } from './resources/auth.js';
import { UserApi } from './resources/user.js';
import { AccessTokens, type AccessToken, type SessionSource } from './session/session.js';
import { memoryStore, RefreshTokenSession, type RefreshTokenStore } from './session/refresh-tokens.js';

export interface BrowserClientOptions extends ConnectionOptions {
  /** Where the refresh token is kept. Default: in memory, until the page is left. */
  store?: RefreshTokenStore;
  /** Where access tokens come from, in the place of a refresh token: a cookie's session, or a host's own backend. */
  session?: SessionSource;
  /** Called when a session that was there has ended: show the sign-in page. */
  onSignedOut?: () => void;
  /** Of an organization that the user belongs to. Default: the user's own account. */
  accountId?: string;
}

/** A user's page: signs in, keeps the access token fresh, and calls in the user's name. */
export class BrowserClient extends AccountClient {
  readonly auth: AuthApi;
  readonly user: UserApi;
  private readonly tokens: AccessTokens;

  constructor(options: BrowserClientOptions) {
    const { store = memoryStore(), session, onSignedOut, accountId, ...connection } = options;
    const anonymous = new Requester(connection, { headers: () => ({}) });
    const source = session ?? new RefreshTokenSession(anonymous, store);
    const tokens = new AccessTokens(source, () => onSignedOut?.());
    const account: Record<string, string> = accountId === undefined ? {} : { 'x-account-id': accountId };
    const generations = new WeakMap<object, number>();
    const credentials = {
      headers: async () => {
        const token = await tokens.current();
        const headers: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
        if (token !== null) generations.set(headers, tokens.generation);
        return headers;
      },
      refused: async (sent: object) => {
        const generation = generations.get(sent);
        return generation !== undefined && tokens.isReplaced(generation);
      },
    };
    super(new Requester(connection, credentials, account));
    this.tokens = tokens;
    this.auth = new AuthApi(anonymous, tokens, store);
    this.user = new UserApi(this.requester);
  }

  /** Whether somebody is signed in. May ask the service. */
  async isSignedIn(): Promise<boolean> {
    return (await this.tokens.current()) !== null;
  }

  /** Takes a token that came another way, as from a page's own sign-in. */
  begin(token: AccessToken): void {
    this.tokens.set(token);
  }

  /** Forgets the access token: nobody is signed in here any more. */
  forget(): void {
    this.tokens.clear();
  }

  /** The present access token, for a request that this client doesn't make; null where nobody is signed in. */
  accessToken(): Promise<string | null> {
    return this.tokens.current();
  }
}

export function createBrowserClient(options: BrowserClientOptions): BrowserClient {
  return new BrowserClient(options);
}
