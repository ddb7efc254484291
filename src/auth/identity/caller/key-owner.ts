import { v5 as uuid } from 'uuid';
import type { AuthenticatedUser } from './authenticated-user.js';

/**
 * Whose Idempotency-Keys a caller's are: a user's own, or, where an application acts for its customer, of these two
 * together. Two applications, or the customer linked to a user, can so choose the same key without meeting.
 */
export function keyOwnerOf({ id, serviceKeyId }: Pick<AuthenticatedUser, 'id' | 'serviceKeyId'>): string {
  return serviceKeyId === undefined ? id : uuid(id, serviceKeyId);
}
