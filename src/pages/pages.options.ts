export const PAGES_OPTIONS = Symbol('PAGES_OPTIONS');

export interface PagesOptions {
  /** The address under which browsers reach the service. */
  publicUrl: () => string;
  /** How long a browser stays signed in without a visit: as long as the refresh token lives. */
  refreshTokenDays: number;
}
