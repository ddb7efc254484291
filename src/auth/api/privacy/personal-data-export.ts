import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { IsNull, type DataSource } from 'typeorm';
import { recordAudit } from '../../../audit/record-audit.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { Problem } from '../../../problems/problem.js';
import { Clock } from '../../../time/clock.js';
import { User } from '../../identity/users/user.entity.js';
import { managedUser } from '../administration/managed-user.dto.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { PersonalData } from './personal-data.js';

/** All that is kept about a person, as one JSON document: `profile`, and a list for each kind of thing. */
@Injectable()
export class PersonalDataExport {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly personalData: PersonalData,
  ) {}

  /** @returns the document, made while it is read. @throws Problem NOT_FOUND. */
  async of(userId: string): Promise<Readable> {
    const user = await this.dataSource.manager.findOneBy(User, { id: userId, erasedAt: IsNull() });
    if (!user) throw new Problem('NOT_FOUND', { params: { what: 'user' } });
    return Readable.from(this.document(user));
  }

  /** As {@link of}; who asked goes into the audit log. */
  async byAdministrator(actor: AuthenticatedUser, userId: string): Promise<Readable> {
    const document = await this.of(userId);
    await recordAudit(this.dataSource.manager, {
      actorUserId: actor.id,
      action: 'user.exported',
      subjectType: 'user',
      subjectId: userId,
      detail: {},
      at: this.clock.now(),
    });
    return document;
  }

  private async *document(user: User): AsyncGenerator<string> {
    const { id: userId, personalAccountId, email } = user;
    const head = { exportedAt: this.clock.now(), profile: managedUser(user) };
    yield JSON.stringify(head).slice(0, -1);
    for (const { name, rows } of this.personalData.sections) {
      let before = `,\n${JSON.stringify(name)}:[`;
      for await (const row of rows({ userId, personalAccountId, email })) {
        yield `${before}\n${JSON.stringify(row)}`;
        before = ',';
      }
      yield before === ',' ? ']' : `${before}]`;
    }
    yield '}\n';
  }
}
