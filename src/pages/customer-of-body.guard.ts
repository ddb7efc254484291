import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { invalidInput } from '../problems/validation.pipe.js';

interface AnyRequest {
  headers: Record<string, string | string[] | undefined>;
  body?: unknown;
}

const ANOTHER = {
  en: 'must be the customer that X-Customer-Id names',
  'zh-CN': '必须与 X-Customer-Id 指定的客户一致',
};

/** The customer may be named in the body too: from here on it is as if the header did. Stands before the AccessGuard. */
@Injectable()
export class CustomerOfBody implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers, body } = context.switchToHttp().getRequest<AnyRequest>();
    const named: unknown = (body as { customer?: unknown } | null | undefined)?.customer;
    if (typeof named !== 'string') return true;
    if (headers['x-customer-id'] === undefined) headers['x-customer-id'] = named;
    else if (headers['x-customer-id'] !== named)
      throw invalidInput([{ field: 'customer', message: ANOTHER }]);
    return true;
  }
}
