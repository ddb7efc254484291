import { Inject, Injectable, Logger } from '@nestjs/common';
import { IsNull, MoreThan, Not, type DataSource, type EntityManager } from 'typeorm';
import { v7 as uuid } from 'uuid';
import { recordAudit } from '../../../audit/record-audit.js';
import type { SecurityAction } from '../../../audit/security-actions.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { inTransaction } from '../../../database/transaction.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { User } from '../../identity/users/user.entity.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { AUTH_OPTIONS, jwtSettings, type AuthOptions } from '../../options/auth.options.js';
import { PortalSessions } from './portal-sessions.service.js';
import { EndedSessions } from './ended-sessions.service.js';
import { createRefreshToken, hashRefreshToken, successorKey, successorOf } from './refresh-token.js';
import { Session } from './session.entity.js';

/** How long a token that was used already still gives its successor: for lost answers and parallel requests. */
const GRACE_MS = 10_000;
const MAX_USER_AGENT = 200;
const DAY_MS = 86_400_000;

/** By what a session starts. */
export type SignInKind = 'registration' | 'password';

export interface RefreshedSession {
  user: User;
  familyId: string;
  refreshToken: string;
}

/**
 * Sign-ins and their refresh tokens. Whatever ends or prolongs a sign-in first locks the user's row: else a token that
 * is being rotated would leave a successor behind that a simultaneous logout, or change of password, didn't see.
 */
@Injectable()
export class Sessions {
  private readonly logger = new Logger(Sessions.name);
  /** The first makes successors; the others are those of secrets that were, or will be, the first elsewhere. */
  private readonly successorKeys: readonly Buffer[];
  private readonly lifeMs: number;

  constructor(
    @Inject(AUTH_OPTIONS) options: AuthOptions,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly ended: EndedSessions,
    private readonly portals: PortalSessions,
  ) {
    const { secret, previousSecrets } = jwtSettings(options);
    this.successorKeys = [secret, ...previousSecrets].map(successorKey);
    this.lifeMs = (options.refreshTokenDays ?? 30) * DAY_MS;
  }

  /** Starts a family: a sign-in, which ends at a fixed time however often it is refreshed. */
  async start(
    manager: EntityManager,
    userId: string,
    userAgent: string | null,
    by: SignInKind,
  ): Promise<{ familyId: string; refreshToken: string }> {
    const refreshToken = createRefreshToken();
    const id = uuid();
    const now = this.clock.now();
    await manager.insert(Session, {
      id,
      familyId: id,
      userId,
      tokenHash: hashRefreshToken(refreshToken),
      userAgent: userAgent?.slice(0, MAX_USER_AGENT) ?? null,
      createdAt: now,
      expiresAt: new Date(now.getTime() + this.lifeMs),
    });
    await this.note(manager, userId, 'session.started', id, { by });
    return { familyId: id, refreshToken };
  }

  /**
   * Exchanges a token for its one successor; again within 10 s, it gives the same one.
   * @throws Problem INVALID_REFRESH_TOKEN for one that is unknown, ended or expired, and for one that was used before
   * that, whose whole family then ends: somebody else may have it.
   */
  async refresh(token: string): Promise<RefreshedSession> {
    const refreshed = await inTransaction(this.dataSource, async (manager) => {
      const found = await this.lock(manager, token);
      const now = this.clock.now();
      if (!found || found.session.revokedAt || found.session.expiresAt <= now) return null;
      const { session, user } = found;
      if (user.deactivatedAt) return null;
      const successor = session.rotatedAt
        ? await this.repeated(manager, token, session.rotatedAt, now)
        : await this.rotate(manager, token, session, now);
      if (successor === null) {
        await this.endFamily(manager, user.id, session.familyId);
        await this.note(manager, user.id, 'session.token_reused', session.familyId);
        this.logger.warn(
          `a refresh token of session ${session.familyId} was used again: the session was ended`,
        );
        return null;
      }
      return { user, familyId: session.familyId, refreshToken: successor };
    });
    // Thrown after the commit, which has to keep the end of a family.
    if (!refreshed) throw new Problem('INVALID_REFRESH_TOKEN');
    return refreshed;
  }

  /**
   * Ends the sign-in that the token belongs to, its access tokens included, whether the token was used or not. An unknown
   * token ends nothing (RFC 7009, 2.2).
   */
  async end(token: string): Promise<void> {
    await inTransaction(this.dataSource, async (manager) => {
      const found = await this.lock(manager, token);
      if (!found) return;
      const { familyId, userId } = found.session;
      const ended = await this.revoke(manager, familyId);
      // Also where the session is over already: an access token may outlive it by a few minutes.
      await this.ended.add(manager, familyId);
      if (ended) await this.note(manager, userId, 'session.logged_out', familyId);
    });
  }

  /**
   * Locks the caller's row, for a deed that outlives the session, such as making a key. What ends sessions locks the same
   * row, so the deed comes before the end, and is ended with it, or is refused.
   * @throws Problem UNAUTHENTICATED where the user was deactivated, or the session ended, a moment ago: the list of ended
   * sessions that admitted the caller may be half a second old.
   */
  async lockCaller(
    manager: EntityManager,
    { id, sessionId }: Pick<AuthenticatedUser, 'id' | 'sessionId'>,
  ): Promise<User> {
    const where = { id, deactivatedAt: IsNull() };
    const user = await manager.findOne(User, { where, lock: { mode: 'for_no_key_update' } });
    const ended = sessionId !== null && (await this.ended.isEnded(manager, sessionId));
    if (!user || ended) throw new Problem('UNAUTHENTICATED');
    return user;
  }

  /** Taken before {@link endOthers} and {@link endFamily}. */
  async lockUser(manager: EntityManager, id: string): Promise<User> {
    return manager.findOneOrFail(User, { where: { id }, lock: { mode: 'for_no_key_update' } });
  }

  /**
   * Ends a sign-in, its access tokens included. The caller's transaction has locked the user's row.
   * @returns false where the user has none of that id that was still alive.
   */
  async endFamily(manager: EntityManager, userId: string, familyId: string): Promise<boolean> {
    const alive = { userId, familyId, revokedAt: IsNull(), expiresAt: MoreThan(this.clock.now()) };
    if (!(await manager.existsBy(Session, alive))) return false;
    await this.revoke(manager, familyId);
    await this.ended.add(manager, familyId);
    return true;
  }

  /**
   * Ends every sign-in of the user but one (or every one), and all portal links, access tokens included. The caller's transaction has locked
   * the user's row.
   */
  async endOthers(manager: EntityManager, userId: string, kept: string | null): Promise<void> {
    const others = kept === null ? {} : { familyId: Not(kept) };
    await manager.update(
      Session,
      { userId, revokedAt: IsNull(), ...others },
      { revokedAt: this.clock.now() },
    );
    await this.ended.addOthers(manager, userId, kept, GRACE_MS);
    await this.portals.endAll(manager, userId);
  }

  /** Reads the session again once it holds the user's row: what it saw before may be over. */
  private async lock(
    manager: EntityManager,
    token: string,
  ): Promise<{ session: Session; user: User } | null> {
    const tokenHash = hashRefreshToken(token);
    const glimpse = await manager.findOneBy(Session, { tokenHash });
    if (!glimpse) return null;
    const user = await this.lockUser(manager, glimpse.userId);
    return { session: await manager.findOneByOrFail(Session, { tokenHash }), user };
  }

  private async rotate(manager: EntityManager, token: string, old: Session, now: Date): Promise<string> {
    const successor = successorOf(token, this.successorKeys[0]!);
    await manager.update(Session, { id: old.id }, { rotatedAt: now });
    await manager.insert(Session, {
      id: uuid(),
      familyId: old.familyId,
      userId: old.userId,
      tokenHash: hashRefreshToken(successor),
      createdAt: now,
      expiresAt: old.expiresAt,
    });
    return successor;
  }

  /**
   * The successor that was given before, which is looked up: a process with another secret may have made it.
   * @returns null where the grace is over, or none of our secrets made it.
   */
  private async repeated(
    manager: EntityManager,
    token: string,
    rotatedAt: Date,
    now: Date,
  ): Promise<string | null> {
    if (now.getTime() - rotatedAt.getTime() > GRACE_MS) return null;
    for (const key of this.successorKeys) {
      const successor = successorOf(token, key);
      if (await manager.existsBy(Session, { tokenHash: hashRefreshToken(successor) })) return successor;
    }
    return null;
  }

  /** @returns whether it was alive. */
  private async revoke(manager: EntityManager, familyId: string): Promise<boolean> {
    const alive = { familyId, revokedAt: IsNull() };
    const { affected } = await manager.update(Session, alive, { revokedAt: this.clock.now() });
    return affected !== 0;
  }

  private note(
    manager: EntityManager,
    userId: string,
    action: SecurityAction,
    familyId: string,
    detail: Record<string, unknown> = {},
  ): Promise<void> {
    const subject = { subjectType: 'session', subjectId: familyId, detail };
    return recordAudit(manager, { actorUserId: userId, action, ...subject, at: this.clock.now() });
  }
}
