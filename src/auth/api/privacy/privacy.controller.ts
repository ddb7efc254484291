import { Body, Controller, Delete, Get, HttpCode, Ip, StreamableFile } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { UuidParam } from '../../../http/uuid-param.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { CurrentUser } from '../../identity/caller/current-user.decorator.js';
import { Erasure } from './erasure.js';
import { PersonalDataExport } from './personal-data-export.js';
import { DeleteAccountDto, EXPORT_RESPONSE } from './privacy.dto.js';

const AS_FILE = { type: 'application/json', disposition: 'attachment; filename="personal-data.json"' };

/** What the law on personal information (PIPL, articles 45 and 47) gives a person: a copy, and to be forgotten. */
@ApiTags('users')
@Controller()
export class PrivacyController {
  constructor(
    private readonly exports: PersonalDataExport,
    private readonly erasure: Erasure,
  ) {}

  @Get('users/me/export')
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({ operationId: 'exportOwnData', summary: 'Export your personal data' })
  @ApiOkResponse(EXPORT_RESPONSE)
  async exportOwn(@CurrentUser() caller: AuthenticatedUser): Promise<StreamableFile> {
    return new StreamableFile(await this.exports.of(caller.id), AS_FILE);
  }

  @Delete('users/me')
  @HttpCode(204)
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({
    operationId: 'deleteCurrentUser',
    summary: 'Delete your account and personal data',
    description:
      'Sessions, keys, links and a running subscription end immediately, without a refund. Payments stay for ' +
      'accounting, without your name and address.',
  })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiProblem('VALIDATION_FAILED', 'INVALID_CREDENTIALS', 'TOO_MANY_ATTEMPTS')
  @ApiProblem('OVERLOADED', 'SERVICE_UNAVAILABLE')
  @ApiProblem('LAST_OWNER', 'LAST_ADMINISTRATOR')
  async erase(
    @CurrentUser() caller: AuthenticatedUser,
    @Body() { password }: DeleteAccountDto,
    @Ip() address: string,
  ): Promise<void> {
    await this.erasure.eraseSelf(caller, password, address);
  }

  @Get('admin/users/:id/export')
  @Access('admin', { apiKey: false })
  @ApiTags('administration')
  @ApiOperation({
    operationId: 'exportUserData',
    summary: 'Export a user’s personal data',
    description: 'The audit log says who asked.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse(EXPORT_RESPONSE)
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async exportOf(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
  ): Promise<StreamableFile> {
    return new StreamableFile(await this.exports.byAdministrator(caller, id), AS_FILE);
  }
}
