import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { UuidParam } from '../../../http/uuid-param.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { CurrentUser } from '../../identity/caller/current-user.decorator.js';
import { MemberDto, NameOwnerDto } from './organization.dto.js';
import { Organizations } from './organizations.service.js';

@ApiTags('administration')
@Controller('admin/organizations')
export class AdminOrganizationsController {
  constructor(private readonly organizations: Organizations) {}

  @Post(':id/owners')
  @HttpCode(200)
  @Access('admin', { apiKey: false })
  @ApiOperation({
    operationId: 'nameOrganizationOwner',
    summary: 'Make a member an owner of their organization',
    description:
      'For an organization with no owner who can still act. The audit log names the administrator.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: MemberDto, description: 'The member, an owner.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  nameOwner(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() { userId }: NameOwnerDto,
  ): Promise<MemberDto> {
    return this.organizations.nameOwner(caller, id, userId);
  }
}
