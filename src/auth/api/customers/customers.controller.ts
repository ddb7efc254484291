import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { ApiProblem } from '../../../problems/api-problem.decorator.js';
import { Access } from '../../access/access.decorator.js';
import { Customers } from '../../credentials/customers/customers.service.js';
import { CurrentService } from '../../identity/caller/current-service.decorator.js';
import type { ServiceCaller } from '../../identity/caller/service-scopes.js';
import { CustomerErasure } from './customer-erasure.js';
import { CustomerLinks } from './customer-links.service.js';
import { CustomerList } from './customer-list.js';
import {
  CustomerLinkDto,
  CustomerPageDto,
  CustomerQueryDto,
  customerView,
  CustomerDto,
  ExternalIdParamDto,
  PutCustomerDto,
} from './customer.dto.js';

/** Another application's customers. `GET /customers/:externalId` stands above quota, which it tells of. */
@ApiTags('customers')
@Controller('customers')
export class CustomersController {
  constructor(
    private readonly customers: Customers,
    private readonly list: CustomerList,
    private readonly links: CustomerLinks,
    private readonly erasure: CustomerErasure,
  ) {}

  @Put(':externalId')
  @Access('service', { service: 'customers' })
  @ApiOperation({
    operationId: 'putCustomer',
    summary: 'Create or update a customer',
    description:
      'The first time with an account and the free plan. What is left out stays as it is. Safe to repeat.',
  })
  @ApiCreatedResponse({ type: CustomerDto, description: 'The customer is new.' })
  @ApiOkResponse({ type: CustomerDto, description: 'The customer was there.' })
  @ApiProblem('VALIDATION_FAILED')
  async put(
    @Param() { externalId }: ExternalIdParamDto,
    @Body() { metadata, ...facts }: PutCustomerDto,
    @Res({ passthrough: true }) reply: { status(code: number): unknown },
  ): Promise<CustomerDto> {
    const given = metadata === undefined ? facts : { ...facts, metadata: metadata ?? {} };
    const { customer, created } = await this.customers.put(externalId, given);
    reply.status(created ? 201 : 200);
    return customerView(customer);
  }

  @Get()
  @Access('service', { service: 'customers' })
  @ApiOperation({ operationId: 'listCustomers', summary: 'List customers, newest first' })
  @ApiOkResponse({ type: CustomerPageDto, description: 'A page of customers.' })
  @ApiProblem('VALIDATION_FAILED')
  page(@Query() query: CustomerQueryDto): Promise<CustomerPageDto> {
    return this.list.page(query);
  }

  @Delete(':externalId')
  @HttpCode(204)
  @Access('service', { service: 'customers' })
  @ApiOperation({
    operationId: 'deleteCustomer',
    summary: 'Delete a customer and their personal data',
    description:
      'A running subscription ends, without a refund. Payments stay for accounting, without the person.',
  })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async erase(
    @CurrentService() service: ServiceCaller,
    @Param() { externalId }: ExternalIdParamDto,
  ): Promise<void> {
    await this.erasure.erase(externalId, service);
  }

  @Post(':externalId/link')
  @Access('service', { service: 'customers' })
  @ApiOperation({
    operationId: 'inviteCustomer',
    summary: 'Invite the customer to sign in',
    description:
      'Mails a link to the customer’s address, good once within seven days. A user who has signed in with the same, ' +
      'verified address may then act for the account (X-Account-Id).',
  })
  @ApiCreatedResponse({ type: CustomerLinkDto, description: 'The link is in the mail only.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND', 'CUSTOMER_WITHOUT_EMAIL', 'CUSTOMER_LINKED')
  @ApiProblem('TOO_MANY_ATTEMPTS')
  invite(@Param() { externalId }: ExternalIdParamDto): Promise<CustomerLinkDto> {
    return this.links.invite(externalId);
  }

  @Delete(':externalId/link')
  @HttpCode(204)
  @Access('service', { service: 'customers' })
  @ApiOperation({
    operationId: 'unlinkCustomer',
    summary: 'Remove the link to a user',
    description: 'The user acts for the account no longer.',
  })
  @ApiNoContentResponse({ description: 'Removed.' })
  @ApiProblem('VALIDATION_FAILED', 'NOT_FOUND')
  async unlink(
    @CurrentService() service: ServiceCaller,
    @Param() { externalId }: ExternalIdParamDto,
  ): Promise<void> {
    await this.links.remove(externalId, service);
  }
}
