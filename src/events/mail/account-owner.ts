import type { EntityManager } from 'typeorm';
import type { Locale } from '../../auth/identity/users/user.entity.js';

export interface Owner {
  email: string;
  locale: Locale;
}

/**
 * Who is written to for an account: its user; an organization's longest-standing owner; the user whom a customer is
 * linked to, or else the customer's own address. Null where there is nobody.
 */
export async function ownerOf(manager: EntityManager, accountId: string): Promise<Owner | null> {
  const rows: Owner[] = await manager.query(
    `SELECT email, locale FROM (
       SELECT u.email, u.locale, 1 AS rank, m.created_at, u.id FROM commercial.users u
       LEFT JOIN commercial.memberships m ON m.user_id = u.id AND m.account_id = $1
       LEFT JOIN commercial.customers c ON c.account_id = m.account_id
       WHERE (u.personal_account_id = $1 OR m.role = 'owner' OR c.id IS NOT NULL)
         AND u.deactivated_at IS NULL AND u.erased_at IS NULL
       UNION ALL
       SELECT c.email, c.locale, 2, c.created_at, c.id FROM commercial.customers c
       WHERE c.account_id = $1 AND c.email IS NOT NULL
     ) someone
     ORDER BY rank, created_at, id LIMIT 1`,
    [accountId],
  );
  return rows[0] ?? null;
}
