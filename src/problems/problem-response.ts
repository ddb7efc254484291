import { getSchemaPath } from '@nestjs/swagger';
import { CATALOGUE, type ProblemCode } from './catalogue.js';
import { ProblemDto } from './problem-answer.dto.js';
import { Problem, type ProblemOptions } from './problem.js';
import { verbatim } from './sentence.js';

/** How an answer with one of these codes, which all have the same status, stands in an OpenAPI document. */
export function problemResponse(codes: readonly ProblemCode[]) {
  return {
    status: CATALOGUE[codes[0]!].status,
    description: codes.map((code) => `\`${code}\`: ${CATALOGUE[code].title.en}`).join('\n\n'),
    content: problemContent(codes),
  };
}

export function problemContent(codes: readonly ProblemCode[]) {
  const schema = {
    allOf: [{ $ref: getSchemaPath(ProblemDto) }],
    properties: { code: { type: 'string', enum: [...codes] } },
  };
  return { 'application/problem+json': { schema, examples: Object.fromEntries(codes.map(example)) } };
}

function example(code: ProblemCode): [string, { summary: string; value: object }] {
  const facts = { params: EXAMPLE_PARAMS, ...EXAMPLE_FACTS[code] };
  return [code, { summary: CATALOGUE[code].title.en, value: new Problem(code, facts).body('en') }];
}

const RESETS_AT = '2026-12-24T08:00:00.000Z';

const EXAMPLE_PARAMS = {
  reason: { en: 'email must be an e-mail address', 'zh-CN': 'email 必须是邮箱地址' },
  what: 'payment' as const,
  planCode: 'pro',
  until: RESETS_AT,
  startsAt: RESETS_AT,
  orderId: '43648c1c2f0e4b8c9d5a7e6f10213243',
  status: 'closed',
  asked: '99.00',
  refundable: '50.00',
  provider: 'alipay',
  available: 'alipay, wechat',
  used: 10,
  limit: 10,
  cost: 1,
  resetsAt: RESETS_AT,
  seconds: 60,
};

const EXAMPLE_FACTS: Partial<Record<ProblemCode, ProblemOptions>> = {
  VALIDATION_FAILED: { errors: [{ field: 'email', message: EXAMPLE_PARAMS.reason }] },
  FORBIDDEN: { params: { reason: verbatim('it takes an administrator') } },
  INVALID_NOTIFICATION: { params: { reason: verbatim('the signature is wrong') } },
  CHANNEL_REFUSED: { params: { ...EXAMPLE_PARAMS, reason: verbatim('the order is closed') } },
  QUOTA_EXCEEDED: {
    extensions: {
      quota: { quotaType: 'processing_count', used: 10, limit: 10, remaining: 0, resetsAt: RESETS_AT },
    },
  },
};
