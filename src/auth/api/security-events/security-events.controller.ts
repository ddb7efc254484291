import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { AuditLogEntry } from '../../../audit/audit-log.entity.js';
import { SECURITY_ACTIONS } from '../../../audit/security-actions.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { readPage } from '../../../http/page.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { CurrentUser } from '../../identity/caller/current-user.decorator.js';
import { ABOUT_USER, auditEntryFor, AuditPageDto } from '../administration/audit-entry.dto.js';

/** What administrators do to a user that the user should know of. */
const BY_OTHERS = ['user.sessions_ended', 'user.role_changed', 'user.reactivated'];

/** What users see of the audit log: the events of security that are their own. */
@ApiTags('sessions')
@Controller('users/me/security-events')
export class SecurityEventsController {
  constructor(@Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource) {}

  @Get()
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({
    operationId: 'listSecurityEvents',
    summary: 'List your security events, newest first',
    description:
      'Sign-ins and failed ones, ended sessions, changes of the password, API keys and organizations. ' +
      'Entries are kept for 365 days. Where somebody else acted, `actorUserId` and `clientAddress` are null.',
  })
  @ApiOkResponse({ type: AuditPageDto, description: 'A page of entries.' })
  @ApiProblem('VALIDATION_FAILED')
  list(@CurrentUser() { id }: AuthenticatedUser, @Query() query: PageQueryDto): Promise<AuditPageDto> {
    const builder = this.dataSource
      .createQueryBuilder(AuditLogEntry, 'row')
      .where(ABOUT_USER, { userId: id, text: id })
      .andWhere('row.action IN (:...actions)', { actions: [...SECURITY_ACTIONS, ...BY_OTHERS] });
    return readPage(builder, query, auditEntryFor(id));
  }
}
