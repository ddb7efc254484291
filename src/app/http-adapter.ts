import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { excessFault, type Excess } from '../problems/input-bounds.js';
import { languageOf } from '../problems/language.js';
import { NO_STORE } from '../problems/no-store.guard.js';
import { Problem } from '../problems/problem.js';
import { sendProblem } from '../problems/send-problem.js';
import { invalidInput } from '../problems/validation.pipe.js';
import { rememberForLog } from './logged-caller.js';
import { excessOfForm, excessOfJson } from './body-bounds.js';

const BODY_LIMIT_BYTES = 1024 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;
/** A customer's external id has up to 128 characters, each of which a client may send encoded. */
const MAX_PARAM_LENGTH = 3 * 128;

const INVALID_PATH = {
  en: 'the path is not valid: encode each part of it by itself',
  'zh-CN': '路径无效，请对路径的每一段分别编码',
};

/** Only channels and the sandbox's buyers speak forms. */
const FORM_PATHS = /^\/(webhooks|sandbox)\//;

/** Whatever else a client sends as its X-Request-Id stays out of the logs. */
const REQUEST_ID = /^[\w.-]{1,64}$/;

/** Fastify as the app wants it: bounded bodies and times, paths with and without a trailing slash. */
export function createHttpAdapter(
  trustProxy: string | null,
  requestTimeoutMs = REQUEST_TIMEOUT_MS,
): FastifyAdapter {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT_BYTES,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: MAX_PARAM_LENGTH },
    trustProxy: trustProxy ?? false,
    // A client that sends its request by drops is cut off; a handler may take its time.
    requestTimeout: requestTimeoutMs,
    http: {
      // Node takes the longer of the two for the whole request's, and has 60 s for the head's.
      headersTimeout: requestTimeoutMs,
      requestTimeout: requestTimeoutMs,
      // Node's own interval of 30 s would let a client drip for twice the time.
      connectionsCheckingInterval: requestTimeoutMs / 10,
    },
    forceCloseConnections: 'idle',
    // A path that is no path, or an overlong part of one: refused before any route or filter sees it.
    frameworkErrors: refusePath,
    // What still arrives on an open connection while the server closes is served, and that connection then ends.
    return503OnClosing: false,
    genReqId: ({ headers }: { headers: IncomingHttpHeaders }) => requestId(headers['x-request-id']),
  });
  adapter.getInstance().addHook('onRequest', async (request, reply) => {
    rememberForLog(request.raw, request);
    reply.header('x-request-id', request.id);
    // What isn't the package's own, and what no route answers. A route that is public says so.
    reply.header('cache-control', NO_STORE);
  });
  adapter.getInstance().addHook('preParsing', async (request, reply) => {
    const type = request.headers['content-type'] ?? '';
    if (!/^(application\/x-www-form-urlencoded|text\/plain)/i.test(type) || FORM_PATHS.test(request.url))
      return;
    sendProblem(reply, new Problem('UNSUPPORTED_MEDIA_TYPE'), languageOf(request));
    return reply as never;
  });
  parseWithinBounds(adapter);
  return adapter;
}

/** A body that is too wide or too deep is refused by its bytes, before it is parsed and before anybody asks who sends it. */
function parseWithinBounds(adapter: FastifyAdapter): void {
  const options = { bodyLimit: BODY_LIMIT_BYTES };
  const parseJson = adapter.getInstance().getDefaultJsonParser('error', 'error');
  adapter.useBodyParser('application/json', true, options, (request, body, done) => {
    const excess = excessOfJson(body);
    if (excess) done(refusal('body', excess));
    else parseJson(request, body as never, done);
  });
  // Forms are signed by their bytes, and so read from these by whoever takes them.
  adapter.useBodyParser('application/x-www-form-urlencoded', true, options, (_request, body, done) => {
    const excess = excessOfForm(body);
    done(excess && refusal('body', excess), {});
  });
}

function refusal(whole: string, excess: Excess): Problem {
  return invalidInput([excessFault(whole, excess)]);
}

function refusePath(_error: unknown, request: Parameters<typeof languageOf>[0], reply: unknown): void {
  const problem = invalidInput([{ field: 'path', message: INVALID_PATH }]);
  sendProblem(reply as Parameters<typeof sendProblem>[0], problem, languageOf(request));
}

function requestId(given: string | string[] | undefined): string {
  return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
}
