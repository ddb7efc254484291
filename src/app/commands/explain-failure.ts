import { inspect } from 'node:util';
import { ConfigurationError } from '../../config/configuration-error.js';
import { EmbeddedPostgresError } from '../../embedded/embedded-postgres-error.js';

/**
 * What a person reads when a start or a command fails: one line for each fault of a known kind, and everything there is
 * to know, with the stack, for a fault of ours.
 */
export function explainFailure(error: unknown): string {
  if (error instanceof ConfigurationError) return error.faults.join('\n');
  if (error instanceof EmbeddedPostgresError || isRefusal(error)) return error.message;
  return inspect(error);
}

/** The database, the network and the file system name their refusals by a code. */
function isRefusal(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.message !== '';
}
