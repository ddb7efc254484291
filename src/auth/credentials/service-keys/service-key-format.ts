import { createKey, isWellFormedKey } from '../api-keys/api-key-format.js';

const PREFIX = 'isk_';

export function createServiceKey(): string {
  return createKey(PREFIX);
}

/** Whether it is meant to be one, so that it is asked for among service keys and not among users' keys. */
export function isServiceKey(key: unknown): key is string {
  return typeof key === 'string' && key.startsWith(PREFIX);
}

export function isWellFormedServiceKey(key: string): boolean {
  return isWellFormedKey(key, PREFIX);
}
