/** In characters. The upper end keeps a request from buying minutes of hashing. */
export const MIN_PASSWORD = 8;
export const MAX_PASSWORD = 256;
