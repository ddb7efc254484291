import { Body, Controller, Delete, Get, HttpCode, Ip, Post, Put, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { UuidParam } from '../../../http/uuid-param.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import type { AuthenticatedUser } from '../../identity/caller/authenticated-user.js';
import { CurrentUser } from '../../identity/caller/current-user.decorator.js';
import { Invitations } from './invitations.service.js';
import {
  AcceptInvitationDto,
  CreateOrganizationDto,
  InvitationPageDto,
  InvitationDto,
  InviteDto,
  MemberListDto,
  MemberRoleDto,
  MemberDto,
  OrganizationListDto,
  OrganizationDto,
} from './organization.dto.js';
import { Organizations } from './organizations.service.js';

@ApiTags('organizations')
@Controller()
export class OrganizationsController {
  constructor(
    private readonly organizations: Organizations,
    private readonly invitations: Invitations,
  ) {}

  @Post('organizations')
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({ operationId: 'createOrganization', summary: 'Create an organization that you own' })
  @ApiCreatedResponse({ type: OrganizationDto, description: 'The organization.' })
  @ApiProblem('VALIDATION_FAILED', 'TOO_MANY_ORGANIZATIONS')
  create(
    @CurrentUser() caller: AuthenticatedUser,
    @Body() { name }: CreateOrganizationDto,
  ): Promise<OrganizationDto> {
    return this.organizations.create(caller, name);
  }

  @Get('organizations')
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({ operationId: 'listOrganizations', summary: 'List the organizations that you belong to' })
  @ApiOkResponse({ type: OrganizationListDto, description: 'The organizations.' })
  @ApiProblem('VALIDATION_FAILED')
  list(@CurrentUser() caller: AuthenticatedUser, @Query() query: PageQueryDto): Promise<OrganizationListDto> {
    return this.organizations.list(caller.id, query);
  }

  @Get('organizations/:id/members')
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({ operationId: 'listMembers', summary: 'List the members of your organization' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: MemberListDto, description: 'The members.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  members(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Query() query: PageQueryDto,
  ): Promise<MemberListDto> {
    return this.organizations.members(caller, id, query);
  }

  @Put('organizations/:id/members/:userId')
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({
    operationId: 'changeMemberRole',
    summary: 'Change a member’s role',
    description: 'Owners are made and unmade by owners.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'userId', format: 'uuid' })
  @ApiOkResponse({ type: MemberDto, description: 'The member.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'LAST_OWNER')
  changeRole(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @UuidParam('userId') userId: string,
    @Body() { role }: MemberRoleDto,
  ): Promise<MemberDto> {
    return this.organizations.changeRole(caller, id, userId, role);
  }

  @Delete('organizations/:id/members/:userId')
  @HttpCode(204)
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({ operationId: 'removeMember', summary: 'Remove a member, or leave' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'userId', format: 'uuid' })
  @ApiNoContentResponse({ description: 'No longer a member.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'LAST_OWNER')
  async remove(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @UuidParam('userId') userId: string,
  ): Promise<void> {
    await this.organizations.remove(caller, id, userId);
  }

  @Post('organizations/:id/invitations')
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({
    operationId: 'inviteMember',
    summary: 'Invite a member by e-mail',
    description: 'The link is good for seven days.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiCreatedResponse({ type: InvitationDto, description: 'The invitation; its link is in the mail only.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'ALREADY_MEMBER')
  invite(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Body() invite: InviteDto,
  ): Promise<InvitationDto> {
    return this.invitations.invite(caller, id, invite);
  }

  @Get('organizations/:id/invitations')
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({ operationId: 'listInvitations', summary: 'List open invitations' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: InvitationPageDto, description: 'A page of invitations.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  listInvitations(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @Query() query: PageQueryDto,
  ): Promise<InvitationPageDto> {
    return this.invitations.list(caller, id, query);
  }

  @Delete('organizations/:id/invitations/:invitationId')
  @HttpCode(204)
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({ operationId: 'withdrawInvitation', summary: 'Withdraw an invitation' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'invitationId', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Withdrawn.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async withdraw(
    @CurrentUser() caller: AuthenticatedUser,
    @UuidParam('id') id: string,
    @UuidParam('invitationId') invitationId: string,
  ): Promise<void> {
    await this.invitations.withdraw(caller, id, invitationId);
  }

  @Post('invitations/accept')
  @HttpCode(200)
  @Access('user', { apiKey: false, ownUser: true })
  @ApiOperation({
    operationId: 'acceptInvitation',
    summary: 'Accept an invitation by its link',
    description: 'Signed in with the address that it was sent to.',
  })
  @ApiOkResponse({ type: OrganizationDto, description: 'The organization.' })
  @ApiProblem('VALIDATION_FAILED', 'INVALID_LINK', 'TOO_MANY_ATTEMPTS')
  accept(
    @CurrentUser() caller: AuthenticatedUser,
    @Body() { token }: AcceptInvitationDto,
    @Ip() address: string,
  ): Promise<OrganizationDto> {
    return this.invitations.accept(caller, token, address);
  }
}
