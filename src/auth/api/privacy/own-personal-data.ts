import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import { AuditLogEntry } from '../../../audit/audit-log.entity.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { everyRow } from '../../../http/page.js';
import { IdempotencyKey } from '../../../idempotency/idempotency-key.entity.js';
import { ABOUT_USER, auditEntryFor } from '../administration/audit-entry.dto.js';
import { ApiKey } from '../../credentials/api-keys/api-key.entity.js';
import { OneTimeToken } from '../../identity/links/one-time-token.entity.js';
import { Invitation } from '../../credentials/memberships/invitation.entity.js';
import { Membership } from '../../credentials/memberships/membership.entity.js';
import { PortalSession } from '../../credentials/sessions/portal-session.entity.js';
import { PortalSessions } from '../../credentials/sessions/portal-sessions.service.js';
import { Session } from '../../credentials/sessions/session.entity.js';
import { PersonalData, without, type DataSubject, type PersonalDataHolder } from './personal-data.js';

/** What accounts keep about a person, without what could be used in their place: no hash, no key, no token. */
@Injectable()
export class OwnPersonalData implements PersonalDataHolder, OnModuleInit {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly personalData: PersonalData,
    private readonly portals: PortalSessions,
  ) {}

  readonly sections = [
    {
      name: 'sessions',
      tables: ['sessions'],
      rows: (subject: DataSubject) =>
        everyRow(
          () => this.of(Session, 'userId', subject.userId),
          (session) => without(session, 'tokenHash', 'userId'),
        ),
    },
    {
      name: 'apiKeys',
      tables: ['api_keys'],
      rows: (subject: DataSubject) =>
        everyRow(
          () => this.of(ApiKey, 'userId', subject.userId),
          (key) => without(key, 'keyHash', 'userId'),
        ),
    },
    {
      name: 'links',
      tables: ['one_time_tokens'],
      rows: (subject: DataSubject) =>
        everyRow(
          () => this.of(OneTimeToken, 'userId', subject.userId),
          (link) => without(link, 'tokenHash', 'userId'),
        ),
    },
    {
      name: 'portalSessions',
      tables: ['portal_sessions'],
      rows: (subject: DataSubject) =>
        everyRow(
          () => this.of(PortalSession, 'userId', subject.userId),
          (session) => without(session, 'linkHash', 'tokenHash', 'userId'),
        ),
    },
    {
      name: 'organizations',
      tables: ['memberships', 'accounts'],
      rows: (subject: DataSubject) => this.organizations(subject),
    },
    {
      name: 'invitations',
      tables: ['invitations'],
      rows: (subject: DataSubject) =>
        everyRow(
          () => this.of(Invitation, 'email', subject.email),
          (invitation) => without(invitation, 'tokenHash', 'invitedBy'),
        ),
    },
    {
      name: 'auditEntries',
      tables: ['audit_log'],
      rows: ({ userId }: DataSubject) =>
        everyRow(
          () =>
            this.dataSource
              .createQueryBuilder(AuditLogEntry, 'row')
              .where(ABOUT_USER, { userId, text: userId }),
          auditEntryFor(userId),
        ),
    },
  ];

  onModuleInit(): void {
    this.personalData.add(this);
  }

  /** Sessions end before they go, see Erasure. */
  async erase(manager: EntityManager, { userId, email }: DataSubject): Promise<void> {
    await manager.delete(Session, { userId });
    await manager.delete(ApiKey, { userId });
    await manager.delete(OneTimeToken, { userId });
    // A customer's have not ended yet.
    await this.portals.endAll(manager, userId);
    await manager.delete(PortalSession, { userId });
    await manager.delete(Membership, { userId });
    await manager.delete(Invitation, { email });
    await manager.delete(IdempotencyKey, { userId });
  }

  private of<Row extends Session | PortalSession | ApiKey | OneTimeToken | Invitation>(
    entity: new () => Row,
    column: string,
    value: string,
  ) {
    return this.dataSource.createQueryBuilder(entity, 'row').where(`row.${column} = :value`, { value });
  }

  private async *organizations({ userId }: DataSubject): AsyncGenerator<object> {
    const memberships = await this.dataSource.manager.find(Membership, {
      where: { userId },
      relations: { account: true },
    });
    for (const { accountId, account, role, createdAt } of memberships) {
      yield { id: accountId, name: account!.name, role, createdAt };
    }
  }
}
