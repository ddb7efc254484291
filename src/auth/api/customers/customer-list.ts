import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { COMMERCIAL_DATA_SOURCE } from '../../../database/tokens.js';
import { readPage, type Page } from '../../../http/page.js';
import { Customer } from '../../identity/customers/customer.entity.js';
import { customerView, type CustomerQueryDto, type CustomerDto } from './customer.dto.js';

@Injectable()
export class CustomerList {
  constructor(@Inject(COMMERCIAL_DATA_SOURCE) private readonly dataSource: DataSource) {}

  /** Newest first, without those that were erased. */
  page({ email, ...page }: CustomerQueryDto): Promise<Page<CustomerDto>> {
    const query = this.dataSource.createQueryBuilder(Customer, 'customer').where('customer.erasedAt IS NULL');
    if (email !== undefined) query.andWhere('customer.email = :email', { email });
    return readPage(query, page, customerView);
  }
}
