import { UnauthenticatedError } from '../errors.js';
import type { Requester } from '../http/requester.js';
import type { AccessToken, SessionSource } from './session.js';

/** Where a refresh token is kept between visits. */
export interface RefreshTokenStore {
  load(): string | null | Promise<string | null>;
  /** @param token null to forget it */
  save(token: string | null): void | Promise<void>;
}

/** Kept until the page is left: what no script can read later, no script can steal later. */
export function memoryStore(): RefreshTokenStore {
  let kept: string | null = null;
  return { load: () => kept, save: (token) => void (kept = token) };
}

/** By POST /auth/refresh. */
export class RefreshTokenSession implements SessionSource {
  /** @param requester one without credentials: a call for a token must not wait for a token */
  constructor(
    private readonly requester: Requester,
    private readonly store: RefreshTokenStore,
  ) {}

  async refresh(): Promise<AccessToken | null> {
    const refreshToken = await this.store.load();
    if (!refreshToken) return null;
    try {
      // The service gives the same successor for 10 s, so that a lost answer can be asked for again.
      const pair = await this.requester.request('POST /auth/refresh', {
        body: { refreshToken },
        repeatable: true,
        retry: { deadlineMs: 9_000 },
      });
      await this.store.save(pair.refreshToken);
      return pair;
    } catch (error) {
      if (!(error instanceof UnauthenticatedError)) throw error;
      // Another tab may have exchanged it.
      if ((await this.store.load()) !== refreshToken) return this.refresh();
      await this.store.save(null);
      return null;
    }
  }
}
