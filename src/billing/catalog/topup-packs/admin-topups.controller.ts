import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { fenFromYuan } from '../../../money/fen.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { TopupPacks, type PackChanges } from './topup-packs.service.js';
import {
  AdminTopupPackDto,
  AdminTopupPackListDto,
  ChangeTopupPackDto,
  CreateTopupPackDto,
  TopupPackCodeParamDto,
} from './topup-pack.dto.js';

@ApiTags('plans')
@Controller('admin/topups')
export class AdminTopupsController {
  constructor(private readonly packs: TopupPacks) {}

  @Get()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({ operationId: 'listAllTopUpPacks', summary: 'List every top-up pack, newest first' })
  @ApiOkResponse({ type: AdminTopupPackListDto })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() query: PageQueryDto): Promise<AdminTopupPackListDto> {
    return this.packs.list(query);
  }

  @Post()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'createTopUpPack',
    summary: 'Create a top-up pack',
    description: 'It is on sale immediately.',
  })
  @ApiCreatedResponse({ type: AdminTopupPackDto })
  @ApiProblem('VALIDATION_FAILED', 'TOPUP_CODE_TAKEN')
  async create(
    @CurrentUser() user: AuthenticatedUser,
    @Body() { price, ...terms }: CreateTopupPackDto,
  ): Promise<AdminTopupPackDto> {
    return AdminTopupPackDto.of(await this.packs.create(user.id, { ...terms, priceFen: fenFromYuan(price) }));
  }

  @Patch(':code')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'updateTopUpPack',
    summary: 'Update a top-up pack, or take it off sale',
    description: 'What the body leaves out stays. Orders that were made keep their terms.',
  })
  @ApiOkResponse({ type: AdminTopupPackDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async change(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { code }: TopupPackCodeParamDto,
    @Body() { price, ...rest }: ChangeTopupPackDto,
  ): Promise<AdminTopupPackDto> {
    const given = Object.entries(rest).filter(([, value]) => value !== undefined);
    const changes: PackChanges = {
      ...Object.fromEntries(given),
      ...(price === undefined ? {} : { priceFen: fenFromYuan(price) }),
    };
    return AdminTopupPackDto.of(await this.packs.change(user.id, code, changes));
  }
}
