/** In characters. */
export const MAX_DISPLAY_NAME = 100;
