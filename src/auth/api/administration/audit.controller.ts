import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { AuditLogEntry } from '../../../audit/audit-log.entity.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { readPage } from '../../../http/page.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import { auditEntryView, AuditPageDto, AuditQueryDto } from './audit-entry.dto.js';

/** The log can be read and nothing else: the database refuses to change what an entry says. */
@ApiTags('administration')
@Controller('admin/audit')
export class AuditController {
  constructor(@Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource) {}

  @Get()
  @Access('admin')
  @ApiOperation({ operationId: 'listAuditEntries', summary: 'List audit entries, newest first' })
  @ApiOkResponse({ type: AuditPageDto, description: 'A page of entries.' })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() query: AuditQueryDto): Promise<AuditPageDto> {
    const builder = this.dataSource.createQueryBuilder(AuditLogEntry, 'entry').where('TRUE');
    for (const field of ['actorUserId', 'action', 'subjectType', 'subjectId'] as const) {
      const value = query[field];
      if (value !== undefined) builder.andWhere(`entry.${field} = :${field}`, { [field]: value });
    }
    if (query.from !== undefined)
      builder.andWhere('entry.createdAt >= :from', { from: new Date(query.from) });
    if (query.to !== undefined) builder.andWhere('entry.createdAt < :to', { to: new Date(query.to) });
    return readPage(builder, query, auditEntryView);
  }
}
