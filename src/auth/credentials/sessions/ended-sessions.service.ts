import { Inject, Injectable } from '@nestjs/common';
import { MoreThan, type DataSource, type EntityManager } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Clock } from '../../../time/clock.js';
import { AUTH_OPTIONS, jwtSettings, type AuthOptions } from '../../options/auth.options.js';
import { EndedSession } from './ended-session.entity.js';

/** No answer is older than this, so an access token is refused at most so long after its session was ended. */
const STALE_AFTER_MS = 500;
/** From this age on, the list is read again behind the callers' backs: under load none of them waits for it. */
const RENEW_AFTER_MS = 250;

/**
 * The sessions whose access tokens are refused before they expire. Each process keeps the list, which names only what
 * was ended within one access token's life, and reads it again when somebody asks: at most four times a second, and
 * never while nobody calls.
 */
@Injectable()
export class EndedSessions {
  private readonly accessTokenMs: number;
  private ids: ReadonlySet<string> = new Set();
  private readAt = -Infinity;
  private reading: Promise<void> | null = null;

  constructor(
    @Inject(AUTH_OPTIONS) options: AuthOptions,
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {
    this.accessTokenMs = jwtSettings(options).accessTokenSeconds * 1000;
  }

  /**
   * @returns at once, where the list is fresh enough.
   * @throws where it is too old and the database doesn't answer: then nobody can say who may come in.
   */
  has(sessionId: string): boolean | Promise<boolean> {
    const age = performance.now() - this.readAt;
    if (age > STALE_AFTER_MS) return this.read().then(() => this.ids.has(sessionId));
    if (age > RENEW_AFTER_MS) this.read().catch(() => undefined);
    return this.ids.has(sessionId);
  }

  /** The same by the database itself, for what must not happen in the half second that the list may be old. */
  isEnded(manager: EntityManager, sessionId: string): Promise<boolean> {
    return manager.existsBy(EndedSession, { sessionId });
  }

  /** In the transaction that ends the session. */
  async add(manager: EntityManager, sessionId: string): Promise<void> {
    await this.forgetExpired(manager);
    await manager.query(
      `INSERT INTO commercial.ended_sessions (session_id, expires_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
      [sessionId, this.lastExpiry()],
    );
  }

  /**
   * Every session of the user but one (or every one), also those that are over already: an access token may outlive them.
   * @param graceMs for how long after a refresh token was made an access token may still be issued with it.
   */
  async addOthers(
    manager: EntityManager,
    userId: string,
    kept: string | null,
    graceMs: number,
  ): Promise<void> {
    const oldest = new Date(this.clock.now().getTime() - this.accessTokenMs - graceMs);
    await this.forgetExpired(manager);
    await manager.query(
      `INSERT INTO commercial.ended_sessions (session_id, expires_at)
       SELECT DISTINCT family_id, $4::timestamptz FROM commercial.sessions
       WHERE user_id = $1 AND family_id IS DISTINCT FROM $2 AND created_at >= $3
       ON CONFLICT DO NOTHING`,
      [userId, kept, oldest, this.lastExpiry()],
    );
  }

  private lastExpiry(): Date {
    return new Date(this.clock.now().getTime() + this.accessTokenMs);
  }

  /** Whoever adds to the list keeps it short; two who do so at once never wait for each other. */
  private async forgetExpired(manager: EntityManager): Promise<void> {
    await manager.query(
      `DELETE FROM commercial.ended_sessions WHERE session_id IN (
         SELECT session_id FROM commercial.ended_sessions WHERE expires_at <= $1 LIMIT 1000 FOR UPDATE SKIP LOCKED)`,
      [this.clock.now()],
    );
  }

  private read(): Promise<void> {
    this.reading ??= this.load().finally(() => (this.reading = null));
    return this.reading;
  }

  private async load(): Promise<void> {
    const startedAt = performance.now();
    const rows = await this.dataSource.manager.findBy(EndedSession, {
      expiresAt: MoreThan(this.clock.now()),
    });
    this.ids = new Set(rows.map((row) => row.sessionId));
    this.readAt = startedAt;
  }
}
