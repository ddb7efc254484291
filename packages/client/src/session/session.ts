/** An access token, and when it ends. */
export interface AccessToken {
  accessToken: string;
  /** The token's life from now, in seconds. */
  expiresIn: number;
}

/** Where a browser's access tokens come from. */
export interface SessionSource {
  /** @returns a fresh one; null where nobody is signed in, or not any more. @throws where the service can't be asked */
  refresh(): Promise<AccessToken | null>;
}

/** A token that ends within so many milliseconds is exchanged before it is sent. */
const MARGIN_MS = 30_000;

/** The present access token, in memory only. However many calls find it old, it is exchanged once. */
export class AccessTokens {
  private token: string | null = null;
  private expiresAt = 0;
  private refreshing: Promise<string | null> | null = null;
  private isEnded = false;
  /** Grows with every other token; two of them may read the same. */
  generation = 0;

  constructor(
    private readonly source: SessionSource,
    private readonly onEnded: () => void,
  ) {}

  /** @returns null where nobody is signed in */
  async current(): Promise<string | null> {
    if (this.token && Date.now() < this.expiresAt) return this.token;
    return this.isEnded ? null : this.refreshed();
  }

  /**
   * @param generation of a token that the service doesn't take
   * @returns whether there is another one
   */
  async isReplaced(generation: number): Promise<boolean> {
    if (generation !== this.generation) return this.token !== null;
    return (await this.refreshed()) !== null;
  }

  set({ accessToken, expiresIn }: AccessToken): void {
    const life = expiresIn * 1000;
    this.generation += 1;
    this.token = accessToken;
    this.isEnded = false;
    this.expiresAt = Date.now() + life - Math.min(MARGIN_MS, life / 2);
  }

  clear(): void {
    this.generation += 1;
    this.token = null;
    this.isEnded = true;
  }

  private refreshed(): Promise<string | null> {
    this.refreshing ??= this.refresh().finally(() => (this.refreshing = null));
    return this.refreshing;
  }

  private async refresh(): Promise<string | null> {
    const { generation } = this;
    const wasSignedIn = this.token !== null;
    const fresh = await this.source.refresh();
    // Somebody signed in or out meanwhile: that is what counts.
    if (this.generation !== generation) return this.token;
    if (fresh) {
      this.set(fresh);
      return fresh.accessToken;
    }
    this.clear();
    if (wasSignedIn) this.onEnded();
    return null;
  }
}
