/** The app's own DataSource, for what the app itself asks of it (readiness). */
export const APP_DATA_SOURCE = Symbol('APP_DATA_SOURCE');
