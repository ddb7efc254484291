import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import { type InvalidStudyCode, InvalidStudyError } from '../dicom/invalid-study.error.js';
import { StudyQueueFullError } from '../dicom/study-processor.js';

const STATUS: Record<InvalidStudyCode, number> = {
  EMPTY: 400,
  NOT_DICOM: 422,
  CORRUPT: 422,
  UNSUPPORTED: 422,
  MIXED_SERIES: 422,
  TOO_LARGE: 413,
  TOO_COSTLY: 422,
};
const RETRY_AFTER_SECONDS = 10;

/** What is used of Express's response. */
interface Reply {
  status(code: number): Reply;
  set(name: string, value: string): Reply;
  send(body: string): void;
}

/** Answers the faults of a study as problem documents (RFC 9457). */
@Catch(InvalidStudyError, StudyQueueFullError)
export class StudyProblemFilter implements ExceptionFilter<InvalidStudyError | StudyQueueFullError> {
  catch(error: InvalidStudyError | StudyQueueFullError, host: ArgumentsHost): void {
    const reply = host.switchToHttp().getResponse<Reply>();
    const problem =
      error instanceof InvalidStudyError
        ? { title: 'Study not processed', status: STATUS[error.code], code: error.code }
        : { title: 'Too busy', status: 503, code: 'TOO_BUSY' };
    if (problem.status === 503) reply.set('retry-after', String(RETRY_AFTER_SECONDS));
    reply
      .status(problem.status)
      .set('content-type', 'application/problem+json; charset=utf-8')
      .send(JSON.stringify({ type: 'about:blank', ...problem, detail: error.message }));
  }
}
