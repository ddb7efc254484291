import type { EntityManager } from 'typeorm';
import type { Locale } from '../../auth/identity/users/user.entity.js';

export interface Owner {
  email: string;
  locale: Locale;
}

/** Who is written to for an account: its user, or an organization's longest-standing owner; null where all are gone. */
export async function ownerOf(manager: EntityManager, accountId: string): Promise<Owner | null> {
  const rows: Owner[] = await manager.query(
    `SELECT u.email, u.locale FROM commercial.users u
     LEFT JOIN commercial.memberships m ON m.user_id = u.id AND m.account_id = $1 AND m.role = 'owner'
     WHERE (u.personal_account_id = $1 OR m.account_id IS NOT NULL)
       AND u.deactivated_at IS NULL AND u.erased_at IS NULL
     ORDER BY m.created_at, u.id LIMIT 1`,
    [accountId],
  );
  return rows[0] ?? null;
}
