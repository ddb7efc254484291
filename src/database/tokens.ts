/** The DataSource that this package works on, under a name of its own: a host's DataSource provider stays apart. */
export const COMMERCIAL_DATA_SOURCE = Symbol('COMMERCIAL_DATA_SOURCE');
