import { Body, Controller, Delete, Get, HttpCode, Inject, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { Access } from '../../../auth/access/access.decorator.js';
import { Customers } from '../../../auth/credentials/customers/customers.service.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { readPage } from '../../../http/page.js';
import { UuidParam } from '../../../http/uuid-param.js';
import { Idempotent, OperationId } from '../../../idempotency/idempotent.decorator.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { invalidInput } from '../../../problems/validation.pipe.js';
import { EntitlementOverride } from '../../balances/entitlement-override.entity.js';
import { EntitlementOverrides } from '../../entitlements/entitlement-overrides.service.js';
import { CreateOverrideDto, OverrideDto, OverrideListDto, OverrideQueryDto } from './override.dto.js';

@ApiTags('administration')
@Controller('admin/entitlement-overrides')
export class AdminOverridesController {
  constructor(
    @Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource,
    private readonly overrides: EntitlementOverrides,
    private readonly customers: Customers,
  ) {}

  @Post()
  @Access('admin', { scope: 'admin' })
  @Idempotent()
  @ApiOperation({
    operationId: 'createEntitlementOverride',
    summary: 'Override an entitlement of an account',
    description:
      'Until an end, with a reason. It takes the place of an earlier override of the same feature.',
  })
  @ApiCreatedResponse({ type: OverrideDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async create(
    @CurrentUser() user: AuthenticatedUser,
    @Body() { accountId, externalId, feature, value, endsAt, reason }: CreateOverrideDto,
    @OperationId() operationId: string,
  ): Promise<OverrideDto> {
    if ((accountId == null) === (externalId == null)) {
      const message = {
        en: 'give either accountId or externalId',
        'zh-CN': 'accountId 与 externalId 须提供其一',
      };
      throw invalidInput([{ field: 'accountId', message }]);
    }
    const override = await this.overrides.create(user.id, {
      id: operationId,
      accountId: accountId ?? (await this.customers.get(externalId!)).accountId,
      feature,
      value,
      endsAt: new Date(endsAt),
      reason,
    });
    return OverrideDto.of(override);
  }

  @Get()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'listEntitlementOverrides',
    summary: 'List overrides, newest first',
    description: 'Those that are over as well.',
  })
  @ApiOkResponse({ type: OverrideListDto })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() { accountId, ...page }: OverrideQueryDto): Promise<OverrideListDto> {
    const query = this.dataSource.getRepository(EntitlementOverride).createQueryBuilder('override');
    if (accountId !== undefined) query.where('override.accountId = :accountId', { accountId });
    return readPage(query, page, OverrideDto.of);
  }

  @Delete(':id')
  @HttpCode(204)
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'removeEntitlementOverride',
    summary: 'Remove an override',
    description: 'The plan’s word holds again.',
  })
  @ApiNoContentResponse({ description: 'Removed.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async remove(@CurrentUser() user: AuthenticatedUser, @UuidParam('id') id: string): Promise<void> {
    await this.overrides.remove(user.id, id);
  }
}
