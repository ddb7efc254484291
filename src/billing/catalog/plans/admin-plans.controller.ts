import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { fenFromYuan } from '../../../money/fen.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import {
  AdminPlanDto,
  AdminPlanListDto,
  CreatePlanDto,
  CreatePlanVersionDto,
  PlanCodeParamDto,
  PlanStatusDto,
  PlanVersionsQueryDto,
} from './admin-plan.dto.js';
import { PlanAdministration } from './plan-administration.service.js';
import { quotaTerms, termsOf } from './plan-reading.js';
import type { PlanTerms } from './plan-rules.js';

@ApiTags('plans')
@Controller('admin/plans')
export class AdminPlansController {
  constructor(private readonly plans: PlanAdministration) {}

  @Get()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'listPlanVersions',
    summary: 'List every version of every plan, newest first',
  })
  @ApiOkResponse({ type: AdminPlanListDto })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() query: PlanVersionsQueryDto): Promise<AdminPlanListDto> {
    return this.plans.list(query);
  }

  @Post()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'createPlan',
    summary: 'Create a plan',
    description: 'It is on sale immediately, as version 1.',
  })
  @ApiCreatedResponse({ type: AdminPlanDto })
  @ApiProblem('VALIDATION_FAILED', 'PLAN_CODE_TAKEN')
  async create(@CurrentUser() user: AuthenticatedUser, @Body() body: CreatePlanDto): Promise<AdminPlanDto> {
    const plan = await this.plans.create(user.id, body.code, body.billingCycle, termsOf(body));
    return AdminPlanDto.of(plan);
  }

  @Post(':code/versions')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'createPlanVersion',
    summary: 'Create a plan’s next version',
    description:
      'What the body leaves out stays. The version is sold from now on; who holds an older one keeps it until they ' +
      'change, or until `migrateAt`. A free plan stays free, and a plan keeps its billing cycle.',
  })
  @ApiCreatedResponse({ type: AdminPlanDto })
  @ApiProblem('VALIDATION_FAILED', 'PLAN_NOT_FOUND', 'PLAN_VERSION_CONFLICT')
  async createVersion(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { code }: PlanCodeParamDto,
    @Body() { price, quotas, migrateAt, ...rest }: CreatePlanVersionDto,
  ): Promise<AdminPlanDto> {
    const changes: Partial<PlanTerms> = {
      ...given(rest),
      ...(price === undefined ? {} : { priceFen: fenFromYuan(price) }),
      ...(quotas === undefined ? {} : { quotas: quotaTerms(quotas) }),
    };
    const plan = await this.plans.createVersion(
      user.id,
      code,
      changes,
      migrateAt == null ? null : new Date(migrateAt),
    );
    return AdminPlanDto.of(plan);
  }

  @Post(':code/archive')
  @HttpCode(200)
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'archivePlan',
    summary: 'Take a plan off sale',
    description: 'Who holds it keeps it.',
  })
  @ApiOkResponse({ type: PlanStatusDto })
  @ApiProblem('VALIDATION_FAILED', 'PLAN_NOT_FOUND')
  async archive(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { code }: PlanCodeParamDto,
  ): Promise<PlanStatusDto> {
    await this.plans.setStatus(user.id, code, 'archived');
    return { code, status: 'archived' };
  }

  @Post(':code/restore')
  @HttpCode(200)
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'restorePlan',
    summary: 'Put a plan on sale again',
    description: 'In its latest version.',
  })
  @ApiOkResponse({ type: PlanStatusDto })
  @ApiProblem('VALIDATION_FAILED', 'PLAN_NOT_FOUND')
  async restore(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { code }: PlanCodeParamDto,
  ): Promise<PlanStatusDto> {
    await this.plans.setStatus(user.id, code, 'active');
    return { code, status: 'active' };
  }
}

/** Without the fields that the body left out, which the version before decides. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}
