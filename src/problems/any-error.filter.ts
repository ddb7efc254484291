import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { isDatabaseUnavailable, isGivenUp } from '../database/unavailable.js';
import { CATALOGUE, type ProblemCode } from './catalogue.js';
import { languageOf } from './language.js';
import { Problem } from './problem.js';
import type { Sentence } from './sentence.js';
import { sendProblem } from './send-problem.js';

const BY_STATUS: Partial<Record<number, ProblemCode>> = {
  401: 'UNAUTHENTICATED',
  403: 'FORBIDDEN',
  404: 'NOT_FOUND',
  405: 'METHOD_NOT_ALLOWED',
  413: 'PAYLOAD_TOO_LARGE',
  415: 'UNSUPPORTED_MEDIA_TYPE',
  503: 'SERVICE_UNAVAILABLE',
};

const REFUSED: Sentence = { en: 'it is not allowed here', 'zh-CN': '此处不允许' };
const NOT_JSON: Sentence = { en: 'the body is not valid JSON', 'zh-CN': '请求体不是有效的 JSON' };

/** A restarted PostgreSQL is back within seconds. */
const RETRY_AFTER_SECONDS = 5;

/**
 * The last word on any error, of the stand-alone app and of the package's controllers in a host: a {@link Problem} as
 * it is, the framework's own refusals under a code of the closed list, and everything else as a bare 500 whose cause
 * goes to the log and never into the answer.
 */
@Catch()
export class AnyErrorFilter implements ExceptionFilter {
  private readonly logger = new Logger('Errors');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const problem = this.toProblem(error);
    if (problem.getStatus() >= 500 && !(error instanceof Problem)) this.record(error, problem);
    sendProblem(http.getResponse(), problem, languageOf(http.getRequest()));
  }

  /** A lost database fails every request alike: one line for each is enough. */
  private record(error: unknown, problem: Problem): void {
    if (problem.code === 'SERVICE_UNAVAILABLE') this.logger.error((error as Error).message);
    else this.logger.error(error);
  }

  private toProblem(error: unknown): Problem {
    if (error instanceof Problem) return error;
    if (isDatabaseUnavailable(error) || isGivenUp(error)) {
      return new Problem('SERVICE_UNAVAILABLE', { retryAfterSeconds: RETRY_AFTER_SECONDS });
    }
    const status = statusOf(error);
    if (status === 400) return new Problem('VALIDATION_FAILED', { params: { reason: reasonOf(error) } });
    const code = BY_STATUS[status];
    if (code) return new Problem(code, { params: { what: 'resource', reason: REFUSED } });
    if (status < 500) return new Problem('REQUEST_REFUSED');
    return new Problem('INTERNAL_ERROR');
  }
}

/** Nest's exceptions and Fastify's errors (malformed JSON, body too large) both carry the status they mean. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500;
}

function reasonOf(error: unknown): Sentence {
  const isJson = /json/i.test(String((error as Error).message));
  return isJson ? NOT_JSON : CATALOGUE.VALIDATION_FAILED.title;
}
