import {
  HttpStatus,
  Injectable,
  type CallHandler,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { keyOwnerOf } from '../auth/identity/caller/key-owner.js';
import { callerOnRequest } from '../auth/identity/caller/request-caller.js';
import { languageOf } from '../problems/language.js';
import { Problem, type ProblemBody } from '../problems/problem.js';
import { invalidInput } from '../problems/validation.pipe.js';
import { fingerprint, IdempotencyService, type KeyedRequest } from './idempotency.service.js';
import { ReplayedProblem } from './replayed-problem.js';

interface HttpRequest {
  method: string;
  url: string;
  body: unknown;
  headers: Record<string, string | string[] | undefined>;
  operationId?: string;
}

interface HttpReply {
  statusCode: number;
  status(code: number): unknown;
  header(name: string, value: string): unknown;
}

/** Refusals that pass by themselves. Nothing was done, so a repeat may succeed. */
const NOT_KEPT: ReadonlySet<number> = new Set([HttpStatus.PAYMENT_REQUIRED, HttpStatus.TOO_MANY_REQUESTS]);

/** Runs a keyed request once, keeps its answer if it is below 500 and neither 402 nor 429, and replays it to every copy. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly keys: IdempotencyService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const key = request.headers['idempotency-key'];
    if (key === undefined) return next.handle();
    const keyed = keyedRequest(context, request, key);
    return from(this.once(keyed, request, context.switchToHttp().getResponse<HttpReply>(), next));
  }

  private async once(
    keyed: KeyedRequest,
    request: HttpRequest,
    reply: HttpReply,
    next: CallHandler,
  ): Promise<unknown> {
    const claim = await this.keys.claim(keyed);
    if (claim.outcome === 'replay') {
      reply.header('idempotency-replayed', 'true');
      if (claim.status >= 400) throw new ReplayedProblem(claim.body as ProblemBody);
      reply.status(claim.status);
      return claim.body;
    }
    request.operationId = claim.operationId;
    let answer: unknown;
    try {
      answer = await lastValueFrom(next.handle(), { defaultValue: undefined });
    } catch (error) {
      await this.failed(keyed, claim.leaseId, error, request);
      throw error;
    }
    await this.keys.complete(keyed, claim.leaseId, reply.statusCode, answer);
    return answer;
  }

  private async failed(
    keyed: KeyedRequest,
    leaseId: string,
    error: unknown,
    request: HttpRequest,
  ): Promise<void> {
    if (error instanceof Problem && isKept(error.getStatus())) {
      await this.keys.complete(keyed, leaseId, error.getStatus(), error.body(languageOf(request)));
    } else {
      await this.keys.abandon(keyed, leaseId);
    }
  }
}

function isKept(status: number): boolean {
  return status < 500 && !NOT_KEPT.has(status);
}

function keyedRequest(context: ExecutionContext, request: HttpRequest, key: string | string[]): KeyedRequest {
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(key)) {
    const message = {
      en: 'Idempotency-Key must be 1 to 255 visible ASCII characters',
      'zh-CN': 'Idempotency-Key 必须是 1 至 255 个可见 ASCII 字符',
    };
    throw invalidInput([{ field: 'Idempotency-Key', message }]);
  }
  const user = callerOnRequest(request);
  if (!user) throw new Problem('UNAUTHENTICATED');
  const path = request.url.split('?')[0]!.replace(/\/+$/, '');
  const { accountId, accountRole } = user;
  return {
    userId: keyOwnerOf(user),
    route: `${context.getClass().name}.${context.getHandler().name}`,
    key,
    // For an organization it is another request than for oneself.
    fingerprint: fingerprint(accountRole === null ? path : `${path} ${accountId}`, request.body),
  };
}
