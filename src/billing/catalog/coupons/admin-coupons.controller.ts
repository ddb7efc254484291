import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Access } from '../../../auth/access/access.decorator.js';
import type { AuthenticatedUser } from '../../../auth/identity/caller/authenticated-user.js';
import { CurrentUser } from '../../../auth/identity/caller/current-user.decorator.js';
import { PageQueryDto } from '../../../http/page-query.dto.js';
import { fenFromYuan } from '../../../money/fen.js';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { CouponAdministration } from './coupon-administration.service.js';
import {
  ChangeCouponDto,
  CouponCodeParamDto,
  CouponDto,
  CouponListDto,
  CreateCouponDto,
} from './coupon.dto.js';

@ApiTags('plans')
@Controller('admin/coupons')
export class AdminCouponsController {
  constructor(private readonly coupons: CouponAdministration) {}

  @Get()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({ operationId: 'listCoupons', summary: 'List coupons, newest first' })
  @ApiOkResponse({ type: CouponListDto })
  @ApiProblem('VALIDATION_FAILED')
  list(@Query() query: PageQueryDto): Promise<CouponListDto> {
    return this.coupons.list(query);
  }

  @Post()
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'createCoupon',
    summary: 'Create a coupon',
    description: 'Each user can use it once. What a percentage takes off is rounded down to the fen.',
  })
  @ApiCreatedResponse({ type: CouponDto })
  @ApiProblem('VALIDATION_FAILED', 'COUPON_CODE_TAKEN')
  async create(@CurrentUser() user: AuthenticatedUser, @Body() body: CreateCouponDto): Promise<CouponDto> {
    const { code, percentOff = null, amountOff, planCodes = null, maxRedemptions = null } = body;
    const coupon = await this.coupons.create(user.id, {
      code,
      percentOff,
      amountOffFen: amountOff == null ? null : fenFromYuan(amountOff),
      planCodes,
      maxRedemptions,
      startsAt: timeOf(body.startsAt),
      endsAt: timeOf(body.endsAt),
    });
    return CouponDto.of(coupon);
  }

  @Patch(':code')
  @Access('admin', { scope: 'admin' })
  @ApiOperation({
    operationId: 'updateCoupon',
    summary: 'Update or end a coupon',
    description: 'Orders that have it keep it.',
  })
  @ApiOkResponse({ type: CouponDto })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async change(
    @CurrentUser() user: AuthenticatedUser,
    @Param() { code }: CouponCodeParamDto,
    @Body() { endsAt, maxRedemptions }: ChangeCouponDto,
  ): Promise<CouponDto> {
    const coupon = await this.coupons.change(user.id, code, {
      ...(endsAt === undefined ? {} : { endsAt: timeOf(endsAt) }),
      ...(maxRedemptions === undefined ? {} : { maxRedemptions }),
    });
    return CouponDto.of(coupon);
  }
}

function timeOf(time: string | null | undefined): Date | null {
  return time == null ? null : new Date(time);
}
