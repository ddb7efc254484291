import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { boundedTurns } from './bounded-turns.js';

/** OWASP's minimum for argon2id, which is the library's default algorithm: 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes run on libuv's four threads; one stays free, so that file and DNS work never waits for a storm of logins. */
export const HASHES_AT_ONCE = Math.max(1, Math.min(3, availableParallelism()));

@Injectable()
export class PasswordHasher {
  private readonly turns = boundedTurns(HASHES_AT_ONCE);
  /** New passwords leave a turn to who signs in: a crowd that registers keeps nobody out. */
  private readonly turnsForNew = boundedTurns(Math.max(1, HASHES_AT_ONCE - 1));
  private decoy: Promise<string> | undefined;

  /** @returns argon2id in PHC string form. @throws Problem OVERLOADED where too many wait. */
  hash(password: string): Promise<string> {
    return this.turnsForNew(() => this.turns(() => hash(password, COST)));
  }

  /** @throws Problem OVERLOADED where too many wait. */
  verify(passwordHash: string, password: string): Promise<boolean> {
    return this.turns(() => verify(passwordHash, password));
  }

  /** For a user that isn't there: costs the time of {@link verify}, so that an answer's delay tells nothing. */
  async verifyNobody(password: string): Promise<false> {
    this.decoy ??= hash('the password of nobody', COST);
    await this.verify(await this.decoy, password);
    return false;
  }
}
